-- ARGV: now, how many at most. The ids that were deleted: of sessions that died before now.
local deleted, most = {}, tonumber(ARGV[2])
for id, row in pairs(sessions()) do
    if #deleted >= most then
        break
    end
    if less(row.idle, ARGV[1]) then
        redis.call('HDEL', key, id)
        table.insert(deleted, id)
    end
end
return deleted
