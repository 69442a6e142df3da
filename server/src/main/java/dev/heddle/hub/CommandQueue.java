package dev.heddle.hub;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The central channel: commands to the hub in the order of their arrival, bounded in number and in
/// bytes. **Thread-safe.** Who finds it full waits: that is the back-pressure on publishers.
///
/// A waiting thread leaves its command in a line, from which the hub's loop takes as many as there
/// is room for. So nobody is overtaken, however fast another one puts command after command, and no
/// thread has to run before the next one in the line gets its place.
final class CommandQueue {
    /// How many subscriptions wait for each other at most.
    private static final int COMPANY = 32;

    private final int maxCommands;
    private final int maxBytes;
    private final LongAdder waits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final ArrayDeque<Command> commands = new ArrayDeque<>();
    private final ArrayDeque<Waiting> line = new ArrayDeque<>();
    private int bytes;
    private boolean draining;
    private boolean closed;

    /// A command for which there was no room, and the thread that waits with it.
    private static final class Waiting {
        private final Command command;
        private final Condition decision;
        private boolean decided;
        private boolean taken;

        Waiting(Command command, Condition decision) {
            this.command = command;
            this.decision = decision;
        }

        boolean await() {
            while (!decided) {
                decision.awaitUninterruptibly();
            }
            return taken;
        }

        void decide(boolean isTaken) {
            decided = true;
            taken = isTaken;
            decision.signal();
        }
    }

    /// @param waits counts the commands that find it full
    CommandQueue(int maxCommands, int maxBytes, LongAdder waits) {
        this.maxCommands = maxCommands;
        this.maxBytes = maxBytes;
        this.waits = waits;
    }

    /// Puts a command at the end; blocks while the queue is full. A command larger than the bound
    /// still fits an empty queue, and one that may not wait fits even a full one: there are no more
    /// of them than connections.
    ///
    /// @return whether it was taken: a closed queue takes nothing, a draining one no publication
    boolean put(Command command) {
        lock.lock();
        try {
            if (!isTaking(command)) {
                return false;
            }
            if (isFullFor(command)) {
                Waiting waiting = new Waiting(command, lock.newCondition());
                line.add(waiting);
                waits.increment();
                notEmpty.signal(); // subscriptions that wait for company may be all that is there
                return waiting.await();
            }
            add(command);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Puts the command that ends publishing at the end even of a full queue: no publication comes
    /// behind it, and nobody waits to put one. Never blocks.
    void put(Command.Drain drain) {
        lock.lock();
        try {
            draining = true;
            refuseWhatIsNotTaken();
            if (isTaking(drain)) {
                add(drain);
            }
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
            }
            takeFromLine();
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
            refuseWhatIsNotTaken();
            notEmpty.signalAll();
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

    /// Lets the hub's loop carry out what waits for company.
    void wake() {
        lock.lock();
        try {
            notEmpty.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Adds a command. Subscribing and unsubscribing change nothing until the next publication, so
    /// they do not wake the loop: waking a thread for each new connection is a good part of its
    /// cost.
    private void add(Command command) {
        commands.add(command);
        bytes += command.bytes();
        boolean waitsForCompany =
                (command instanceof Command.Subscribe || command instanceof Command.Unsubscribe)
                        && commands.size() < Math.min(COMPANY, maxCommands)
                        && !draining;
        if (!waitsForCompany) {
            notEmpty.signal();
        }
    }

    private void takeFromLine() {
        Waiting first;
        while ((first = line.peek()) != null && hasRoomFor(first.command)) {
            add(first.command);
            line.remove();
            first.decide(true);
        }
    }

    private void refuseWhatIsNotTaken() {
        for (Waiting waiting : line) {
            if (!isTaking(waiting.command)) {
                waiting.decide(false);
            }
        }
        line.removeIf(waiting -> waiting.decided);
    }

    private boolean isTaking(Command command) {
        return !closed && !(draining && command instanceof Command.Publish);
    }

    private boolean isFullFor(Command command) {
        return command.mayWait() && (!line.isEmpty() || !hasRoomFor(command));
    }

    private boolean hasRoomFor(Command command) {
        return commands.isEmpty()
                || commands.size() < maxCommands && bytes <= maxBytes - command.bytes();
    }
}
