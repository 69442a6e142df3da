-- Is before every script that changes who is in a place. Lists and events about them are one step.
--
-- KEYS: a hash of users, with how many nodes have each; a set of "node user"; a hash of what others
-- may know of them; head and entries of the log of events; who is waited for, until when; the nodes,
-- until when their leases are; what the node holds; of which run of Redis the
-- leases are
-- ARGV: place; user; node; a new epoch, in case there is no log; where nodes listen
local place, user, node = ARGV[1], ARGV[2], ARGV[3]
local users, at, infos, gone, nodes, held = KEYS[1], KEYS[2], KEYS[3], KEYS[6], KEYS[7], KEYS[8]
local seat = place .. '\n' .. user

-- What was known of the place is lost with its log.
local _, is_new = epoch_of(KEYS[4], KEYS[5], ARGV[4])
if is_new then
  redis.call('DEL', users, at, infos)
end

local function tell(sign)
  local log = {
    head = KEYS[4],
    entries = KEYS[5],
    fresh = ARGV[4],
    most = 10000,
    bytes = 4194304,
    ttl = 600000,
    memory = 7200000,
    said = ARGV[5]
  }
  local info = redis.call('HGET', infos, user) or ''
  append(log, 'TEXT -1 -1 -1 ' .. sign .. user .. '\n' .. info)
end

local function forget()
  redis.call('HDEL', users, user)
  tell('-')
  redis.call('HDEL', infos, user)
end
