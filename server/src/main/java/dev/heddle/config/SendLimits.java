package dev.heddle.config;

/// How the server sends to clients.
///
/// @param tryAgainCode close code for a client that may come back: a slow consumer, or any client
///   when the server is full
/// @param maxFrameBytes payload of one frame; longer messages leave as fragments
public record SendLimits(int tryAgainCode, int maxFrameBytes) {

    public SendLimits {
        Keys.TRY_AGAIN_CODE.require(tryAgainCode);
        Keys.SENDING_FRAME_BYTES.require((long) maxFrameBytes);
    }

    static SendLimits of(Values values) {
        return new SendLimits(values.get(Keys.TRY_AGAIN_CODE), values.bytes(Keys.SENDING_FRAME_BYTES));
    }
}
