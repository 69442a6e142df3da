package dev.heddle.net;

/// A platform thread that keeps no process alive.
///
/// It overrides [#run], so that its work is none of the types that [Thread] itself runs: the
/// compiler tells eight of those apart, and what connections wait in is only compiled into one
/// frame if theirs is among them (see "Memory per idle connection" in ARCHITECTURE).
final class DaemonThread extends Thread {
    private final Runnable life;

    DaemonThread(String name, Runnable life) {
        super(name);
        this.life = life;
        setDaemon(true);
    }

    @Override
    public void run() {
        life.run();
    }
}
