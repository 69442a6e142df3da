-- Says what became of a claim, if it still is one.
--
-- KEYS: the id's
-- ARGV: "content token" of the claim; milliseconds that the id is known from now on; 0 if nothing was
-- sent
if redis.call('GET', KEYS[1]) == ARGV[1] .. ' 0' then
  if ARGV[2] == '0' then
    redis.call('DEL', KEYS[1])
  else
    redis.call('SET', KEYS[1], ARGV[1] .. ' 1', 'PX', ARGV[2])
  end
end
return ''
