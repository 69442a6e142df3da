package dev.heddle.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Paths of an endpoint, separated by commas, each as clients send it, for they are compared
/// character by character: with nothing behind the path, nothing that clients write in another way
/// (RFC 3986, section 3.3), and nothing that they resolve before they send it.
final class PathList {
    private static final Pattern PATH =
            Pattern.compile("/|(?=.{1,255}$)(?:/(?!\\.{1,2}(?:/|$))[\\w.~!$&'()*+;=:@-]+)+/?");

    static final Kind<List<String>> KIND =
            new Kind<>(
                    text -> Optional.of(Kind.elements(text)),
                    PathList::areServable,
                    _ ->
                            "one or more different paths such as /, /ws or /v1/ws, without query,"
                                    + " fragment, space or %",
                    Kind.Form.LIST);

    private PathList() {}

    private static boolean areServable(List<String> paths) {
        return !paths.isEmpty()
                && paths.stream().allMatch(PATH.asMatchPredicate())
                && paths.size() == Set.copyOf(paths).size();
    }
}
