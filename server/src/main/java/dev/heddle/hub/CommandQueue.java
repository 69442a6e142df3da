package dev.heddle.hub;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The central channel: commands to the hub in the order of their arrival, bounded in number and in
/// bytes. **Thread-safe.** Who finds it full waits: that is the back-pressure on publishers.
final class CommandQueue {
    private final int maxCommands;
    private final int maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Condition notFull = lock.newCondition();
    private final ArrayDeque<Command> commands = new ArrayDeque<>();
    private int bytes;
    private boolean draining;
    private boolean closed;

    CommandQueue(int maxCommands, int maxBytes) {
        this.maxCommands = maxCommands;
        this.maxBytes = maxBytes;
    }

    /// Puts a command at the end; blocks while the queue is full. A command larger than the bound
    /// still fits an empty queue, and the end of a subscription fits even a full one: there are no
    /// more of them than connections.
    ///
    /// @return whether it was taken: a closed queue takes nothing, a draining one no publication
    boolean put(Command command) {
        lock.lock();
        try {
            while (isTaking(command) && isFullFor(command)) {
                notFull.awaitUninterruptibly();
            }
            return add(command);
        } finally {
            lock.unlock();
        }
    }

    /// Puts the command that ends publishing at the end even of a full queue: no publication comes
    /// behind it, and nobody waits to put one. Never blocks.
    void put(Command.Drain drain) {
        lock.lock();
        try {
            add(drain);
            draining = true;
            notFull.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Takes what is there, in order; blocks until there is something.
    ///
    /// @param into empty; gets at least one command and at most `max`, or none when closed
    void takeAll(List<Command> into, int max) {
        lock.lock();
        try {
            while (!closed && commands.isEmpty()) {
                notEmpty.awaitUninterruptibly();
            }
            Command next;
            while (into.size() < max && (next = commands.poll()) != null) {
                into.add(next);
                bytes -= next.bytes();
                notFull.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Drops what waits and what comes, and lets nobody wait any more.
    void close() {
        lock.lock();
        try {
            closed = true;
            commands.clear();
            notEmpty.signalAll();
            notFull.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// How many commands wait now.
    int size() {
        lock.lock();
        try {
            return commands.size();
        } finally {
            lock.unlock();
        }
    }

    private boolean add(Command command) {
        if (!isTaking(command)) {
            return false;
        }
        commands.add(command);
        bytes += command.bytes();
        notEmpty.signal();
        if (commands.size() < maxCommands && bytes < maxBytes) {
            notFull.signal();
        }
        return true;
    }

    private boolean isTaking(Command command) {
        return !closed && !(draining && command instanceof Command.Publish);
    }

    private boolean isFullFor(Command command) {
        return !(command instanceof Command.Unsubscribe)
                && !commands.isEmpty()
                && (commands.size() >= maxCommands || bytes > maxBytes - command.bytes());
    }
}
