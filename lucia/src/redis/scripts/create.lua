-- ARGV: the id, how long it is kept, the columns. Whether it was added.
local row = new(ARGV[2], ARGV[3])
if redis.call('HEXISTS', key, ARGV[1]) == 1 or (row.from and renewed_from(sessions(), row.from)) then
    return false
end
-- Whoever does nothing but log in has old sessions too. To find them is to read all, so not every log-in does.
if redis.call('HLEN', key) % 16 == 15 then
    sessions()
end
insert(ARGV[1], row)
return true
