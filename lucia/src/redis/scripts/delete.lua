-- ARGV: an id. The ids that were deleted: of the session and its family.
local rows = sessions()
if not rows[ARGV[1]] then
    return {}
end
local deleted = {}
for id in pairs(family(rows, ARGV[1])) do
    redis.call('HDEL', key, id)
    table.insert(deleted, id)
end
return deleted
