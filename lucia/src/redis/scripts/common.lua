-- What every script begins with. It touches one key only, the hash with the sessions of one user: id -> `row.rs`.
local key = KEYS[1]

-- The server's time in milliseconds. It decides how long a session is kept, and never whether it is good.
local time = redis.call('TIME')
local clock = time[1] * 1000 + math.floor(time[2] / 1000)

-- Whether one integer is less than another. They are texts: a number of Lua's is exact up to 2^53 only.
local function less(a, b)
    local negative = a:sub(1, 1) == '-'
    if negative ~= (b:sub(1, 1) == '-') then
        return negative
    end
    if negative then
        a, b = b:sub(2), a:sub(2)
    end
    if #a ~= #b then
        return #a < #b
    end
    return a < b
end

-- A session, from its text; nothing when it is not as we write it.
local function read(text)
    local kept, active, idle, created, absolute, rest =
        text:match('^(%d+) (%-?%d+) (%-?%d+) (%-?%d*) (%-?%d*)(.*)$')
    return kept and {
        kept = tonumber(kept),
        active = active,
        idle = idle,
        created = created ~= '-' and created or nil,
        absolute = absolute,
        from = rest ~= '' and rest:sub(2) or nil,
    }
end

-- A session that is to be kept for so long.
local function new(lifetime, columns)
    return read(string.format('%.0f ', clock + tonumber(lifetime)) .. columns)
end

local function write(id, row)
    local from = row.from and (' ' .. row.from) or ''
    local kept = string.format('%.0f', row.kept)
    local columns = {kept, row.active, row.idle, row.created or '-', row.absolute .. from}
    redis.call('HSET', key, id, table.concat(columns, ' '))
end

-- The sessions of the user. Those that are kept no longer are removed.
local function sessions()
    local rows, fields = {}, redis.call('HGETALL', key)
    for i = 1, #fields, 2 do
        local row = read(fields[i + 1])
        if row and row.kept < clock then
            redis.call('HDEL', key, fields[i])
        else
            rows[fields[i]] = row
        end
    end
    return rows
end

-- Adds a session. The hash is kept as long as the longest of its sessions.
local function insert(id, row)
    local left = redis.call('PTTL', key)
    write(id, row)
    -- Unless somebody has had it kept for ever.
    if left ~= -1 then
        redis.call('PEXPIRE', key, string.format('%.0f', math.max(left, row.kept - clock)))
    end
end

-- The session that was renewed from this one.
local function renewed_from(rows, old)
    for id, row in pairs(rows) do
        if row.from == old then
            return id
        end
    end
end

-- The session, and those that it was renewed from or to, any number of times.
local function family(rows, id)
    local members, found = {}, {id}
    while #found > 0 do
        local member = table.remove(found)
        if not members[member] then
            members[member] = true
            found[#found + 1] = rows[member] and rows[member].from
            found[#found + 1] = renewed_from(rows, member)
        end
    end
    return members
end
