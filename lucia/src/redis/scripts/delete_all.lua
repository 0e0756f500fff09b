-- The ids that were deleted. What cannot be read goes too.
local deleted = redis.call('HKEYS', key)
redis.call('DEL', key)
return deleted
