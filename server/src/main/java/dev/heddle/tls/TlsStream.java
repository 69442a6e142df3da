package dev.heddle.tls;

import dev.heddle.buffer.BufferPool;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/// One TLS connection: what the peer sends, and a way to write to it.
///
/// One thread at a time reads; others may write meanwhile, one after the other. Whatever waits for
/// the peer waits in the socket below, whose end ends that. Buffers are borrowed while bytes move:
/// while nothing has arrived, this holds none.
public final class TlsStream extends SealedInput {
    /// The room of one record of TLS 1.3 in JSSE; the rest of it is padding.
    public static final int MAX_DATA_BYTES = 16_367;

    /// The bytes of a record beside its data: header, nonce, content type, tag.
    private static final int OVERHEAD_BYTES = 30;

    /// Records without data that may follow each other: what a client that only looks busy sends.
    private static final int MAX_IDLE_RECORDS = 16;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final OutputStream out;
    private final ReentrantLock writing = new ReentrantLock();

    // Bytes that are decrypted and not read yet: `opened[openedFrom, openedTo)`.
    private byte @Nullable [] opened;
    private int openedFrom;
    private int openedTo;

    private boolean hasEnded;

    /// A byte, for which an idle connection has room: an `int` would make it 8 bytes larger.
    private byte idleRecords;

    TlsStream(SSLEngine engine, Socket socket, BufferPool buffers) throws IOException {
        super(engine, socket.getInputStream(), buffers);
        this.out = socket.getOutputStream();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    /// Reads what has arrived, at least one byte; blocks until there is something.
    ///
    /// @return how many bytes; -1 when the peer has ended, with or without saying so, or we have
    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int count = length == 0 ? 0 : takeOpened(bytes, offset, length);
        while (count == 0 && length > 0) {
            if (hasEnded || !hasRecord() && !receive(length + OVERHEAD_BYTES)) {
                close();
                return -1;
            }
            count = hasRecord() ? requireData(open(bytes, offset, length)) : 0;
        }
        return count;
    }

    /// Insists that data comes now and then: what brings none (new keys, empty records) costs us
    /// more than its sender, and nobody above sees it.
    private int requireData(int count) throws SSLException {
        idleRecords = (byte) (count > 0 ? 0 : idleRecords + 1);
        if (idleRecords > MAX_IDLE_RECORDS) {
            throw new SSLException("too many records without data");
        }
        return count;
    }

    /// Whether something has arrived that nobody has read, in bytes.
    @Override
    public int available() throws IOException {
        return openedTo - openedFrom + sealedBytes();
    }

    private int takeOpened(byte[] bytes, int offset, int length) {
        byte[] from = opened;
        if (from == null) {
            return 0;
        }
        int count = Math.min(length, openedTo - openedFrom);
        System.arraycopy(from, openedFrom, bytes, offset, count);
        openedFrom += count;
        if (openedFrom == openedTo) {
            opened = null;
            openedFrom = 0;
            openedTo = 0;
            buffers().giveBack(from);
        }
        return count;
    }

    /// Opens the next record, which has arrived: into the caller's own array if it fits.
    private int open(byte[] bytes, int offset, int length) throws IOException {
        SSLEngineResult result = unwrapOrTell(ByteBuffer.wrap(bytes, offset, length));
        int count = result.bytesProduced();
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
            byte[] buffer = buffers().borrow();
            opened = buffer;
            result = unwrapOrTell(ByteBuffer.wrap(buffer));
            openedTo = result.bytesProduced();
            count = takeOpened(bytes, offset, length);
        }
        hasEnded |= result.getStatus() == Status.CLOSED;
        switch (result.getHandshakeStatus()) {
            case NEED_WRAP -> sayWhatIsDue();
            case NEED_TASK -> throw new SSLException("no other handshake is done");
            default -> {}
        }
        return count;
    }

    /// Opens a record, or tells the peer what is wrong with it.
    private SSLEngineResult unwrapOrTell(ByteBuffer into) throws IOException {
        try {
            return unwrap(into);
        } catch (SSLException wrong) {
            sayWhatIsDue();
            throw wrong;
        }
    }

    /// Gives back what is borrowed for reading: nothing more will be read. The reader alone.
    @Override
    public void close() {
        forgetSealed();
        byte[] from = opened;
        opened = null;
        openedFrom = 0;
        openedTo = 0;
        hasEnded = true;
        if (from != null) {
            buffers().giveBack(from);
        }
    }

    /// Writes all of the bytes; blocks until the socket has taken them.
    public void write(byte[] bytes, int offset, int length) throws IOException {
        writing.lock();
        try {
            ByteBuffer data = ByteBuffer.wrap(bytes, offset, length);
            while (data.hasRemaining()) {
                if (wrap(data).getStatus() == Status.CLOSED) {
                    throw new SSLException("no more can be written");
                }
            }
        } finally {
            writing.unlock();
        }
        sayWhatIsDue();
    }

    /// Tells the peer that nothing more will be written, unless a handshake is under way.
    public void endWriting() throws IOException {
        writing.lock();
        try {
            engine().closeOutbound();
            while (!engine().isOutboundDone()) {
                wrap(NOTHING);
            }
        } finally {
            writing.unlock();
        }
    }

    /// Lets the engine send what it has to send by itself, such as new keys. A thread that writes
    /// meanwhile does that for us: a reader must not wait for a writer that waits for the peer.
    private void sayWhatIsDue() throws IOException {
        while (engine().getHandshakeStatus() == HandshakeStatus.NEED_WRAP && writing.tryLock()) {
            try {
                if (wrap(NOTHING).getStatus() == Status.CLOSED) {
                    return;
                }
            } finally {
                writing.unlock();
            }
        }
    }

    /// Makes and writes a record. Only for the thread that holds the lock.
    private SSLEngineResult wrap(ByteBuffer data) throws IOException {
        byte[] record = buffers().borrow();
        try {
            SSLEngineResult result = engine().wrap(data, ByteBuffer.wrap(record));
            out.write(record, 0, result.bytesProduced());
            return result;
        } finally {
            buffers().giveBack(record);
        }
    }

    /// Makes records without data for as long as the engine has some, and writes them together:
    /// those of a handshake.
    void writeFlight() throws IOException {
        byte[] record = buffers().borrow();
        try {
            int used = 0;
            while (engine().getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                SSLEngineResult result =
                        engine().wrap(NOTHING, ByteBuffer.wrap(record, used, record.length - used));
                boolean isFull = result.getStatus() == Status.BUFFER_OVERFLOW;
                used += result.bytesProduced();
                if (isFull) {
                    out.write(record, 0, used);
                    used = 0;
                } else if (result.getStatus() == Status.CLOSED) {
                    break;
                }
            }
            out.write(record, 0, used);
        } finally {
            buffers().giveBack(record);
        }
    }
}
