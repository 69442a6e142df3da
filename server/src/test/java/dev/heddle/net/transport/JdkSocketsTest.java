package dev.heddle.net.transport;

import dev.heddle.config.SocketKind;

final class JdkSocketsTest extends SocketsContract {
    JdkSocketsTest() {
        super(SocketKind.JDK);
    }

    @Override
    String expectedKind() {
        return Sockets.JDK;
    }
}
