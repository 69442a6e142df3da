package dev.heddle.net.transport;

import dev.heddle.config.SocketKind;

final class EpollSocketsTest extends SocketsContract {
    EpollSocketsTest() {
        super(SocketKind.AUTO);
    }

    @Override
    String expectedKind() {
        return Sockets.EPOLL;
    }
}
