-- ARGV: an id. The ids that were deleted: of all sessions but this one and its family.
local rows = sessions()
local kept = family(rows, ARGV[1])
local deleted = {}
for id in pairs(rows) do
    if not kept[id] then
        redis.call('HDEL', key, id)
        table.insert(deleted, id)
    end
end
return deleted
