-- ARGV: the old id, now, before when a renewal is lost, the new id, how long it is kept, its columns.
-- What became of it, and the id of the lost renewal that it replaces.
local rows = sessions()
local old = rows[ARGV[1]]
if not old or less(old.idle, ARGV[2]) then
    return {'gone'}
end
local earlier = renewed_from(rows, ARGV[1])
if earlier then
    local row = rows[earlier]
    if row.created or not less(row.active, ARGV[3]) then
        return {'before'}
    end
end
if rows[ARGV[4]] then
    return {'taken'}
end
if earlier then
    redis.call('HDEL', key, earlier)
end
insert(ARGV[4], new(ARGV[5], ARGV[6]))
return {'now', earlier}
