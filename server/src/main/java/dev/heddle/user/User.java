package dev.heddle.user;

import java.util.ArrayList;
import java.util.List;

/// A user who is logged in to a room, from the first login to the end of the last one.
final class User {
    private final Room room;
    private final String id;

    // Guarded by the room; the list itself never changes.
    private List<Member> members = List.of();

    User(Room room, String id) {
        this.room = room;
        this.id = id;
    }

    Room room() {
        return room;
    }

    String id() {
        return id;
    }

    /// The user's logins, the oldest first. **Guarded by the room.**
    List<Member> members() {
        return members;
    }

    /// **Guarded by the room.**
    void add(Member member) {
        List<Member> more = new ArrayList<>(members);
        more.add(member);
        members = List.copyOf(more);
    }

    /// **Guarded by the room.**
    void replaceAllBy(Member member) {
        members = List.of(member);
    }

    /// **Guarded by the room.**
    ///
    /// @return whether it was one of them
    boolean remove(Member member) {
        List<Member> fewer = members.stream().filter(each -> !each.equals(member)).toList();
        boolean wasMember = fewer.size() < members.size();
        members = List.copyOf(fewer);
        return wasMember;
    }
}
