-- ARGV: the id, now, when the old session ends, how long that is kept. The id of the old session, if it ends sooner now.
local rows = sessions()
local row = rows[ARGV[1]]
if not row or row.created then
    return false
end
row.created = ARGV[2]
local old = row.from and rows[row.from]
if old and old.created then
    row.created = old.created
end
write(ARGV[1], row)
if not old or not less(ARGV[3], old.idle) then
    return false
end
old.idle = ARGV[3]
old.kept = math.min(old.kept, clock + tonumber(ARGV[4]))
write(row.from, old)
return row.from
