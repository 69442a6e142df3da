package dev.heddle;

/// The entry point of the server.
public final class Main {
    private Main() {}

    /// Prints the version.
    public static void main(String[] args) {
        String version = Main.class.getPackage().getImplementationVersion();
        System.out.println("heddle " + (version == null ? "(unpackaged)" : version));
    }
}
