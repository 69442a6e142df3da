-- Who is in a place, and up to which event that is so.
--
-- KEYS: users; infos; head and entries of the log of events; the set of "node user"
-- ARGV: a new epoch, in case there is no log
-- Answer: epoch, offset, then users and what others may know of them
local epoch, is_new = epoch_of(KEYS[3], KEYS[4], ARGV[1])
if is_new then
  redis.call('DEL', KEYS[1], KEYS[2], KEYS[5])
end
redis.call('PEXPIRE', KEYS[3], 7200000)
local infos = redis.call('HGETALL', KEYS[2])
local known = {}
for i = 1, #infos, 2 do
  known[infos[i]] = infos[i + 1]
end
local answer = {epoch, redis.call('HGET', KEYS[3], 'offset')}
for _, user in ipairs(redis.call('HKEYS', KEYS[1])) do
  answer[#answer + 1] = user
  answer[#answer + 1] = known[user] or ''
end
return answer
