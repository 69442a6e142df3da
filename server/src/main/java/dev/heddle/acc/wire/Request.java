package dev.heddle.acc.wire;

/// A request of a client: `{"seq": …, "cmd": …, "data": …}`.
///
/// @param seq the client's name for the request, which the reply repeats; may be empty
/// @param cmd the name of the command as the client wrote it, which the reply repeats too
public record Request(String seq, String cmd, Command command) {}
