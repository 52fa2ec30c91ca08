// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A user and a group to run as. {@link #become} is called in premain of a JVM that is about to become another program:
 * what it has opened as root is closed then.
 *
 * @param name in the user database, null for a bare number that it does not have
 * @param home the user's directory, null likewise
 */
public record Account(
        int uid, int gid, @Nullable String name, @Nullable String home) {
    // struct passwd and struct group of 64-bit glibc and musl.
    private static final int PW_UID = 16;
    private static final int PW_GID = 20;
    private static final int PW_DIR = 32;
    private static final int GR_GID = 16;

    /** Either may be empty, a name or a number; an empty user is the one that this process has. */
    public static Account named(NativeAccess access, String user, String group) throws NativeUnavailable {
        NativeCalls calls = new NativeCalls(access);
        boolean numeric = isNumber(user);
        int uid = numeric ? Integer.parseInt(user) : (int) calls.call("geteuid");
        long entry = user.isEmpty() || numeric
                ? calls.call("getpwuid", uid)
                : calls.call("getpwnam", calls.string(user.getBytes(StandardCharsets.UTF_8)));
        if (entry == 0 && !user.isEmpty() && !numeric) {
            throw new NativeUnavailable("user=" + user + ": there is no such user", null);
        }
        if (entry == 0 && group.isEmpty()) {
            throw new NativeUnavailable("user=" + user + ": it has no first group; add group=", null);
        }
        int gid = group.isEmpty() ? calls.getInt(entry + PW_GID) : gid(calls, group);
        return entry == 0
                ? new Account(uid, gid, null, null)
                : new Account(
                        calls.getInt(entry + PW_UID),
                        gid,
                        calls.text(calls.getLong(entry)),
                        calls.text(calls.getLong(entry + PW_DIR)));
    }

    private static int gid(NativeCalls calls, String group) throws NativeUnavailable {
        if (isNumber(group)) {
            return Integer.parseInt(group);
        }
        long entry = calls.call("getgrnam", calls.string(group.getBytes(StandardCharsets.UTF_8)));
        if (entry == 0) {
            throw new NativeUnavailable("group=" + group + ": there is no such group", null);
        }
        return calls.getInt(entry + GR_GID);
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() < 10;
    }

    /** Makes this process run as the account for good, supplementary groups included; in all of its threads. */
    public void become() throws NativeUnavailable {
        NativeCalls calls = new NativeCalls();
        int current = (int) calls.call("geteuid");
        if (current == uid && (int) calls.call("getegid") == gid) {
            return;
        }
        String subject = "user=" + (name == null ? uid : name) + " group=" + gid;
        if (current != 0) {
            throw new NativeUnavailable(
                    subject + ": only root may change them, and this is user " + current + "; start it as root", null);
        }
        // Groups while there is the right to set them; then the group; the user last, which gives up the right.
        if (name == null) {
            long list = calls.allocate(Integer.BYTES);
            calls.putInt(list, gid);
            calls.checkedFor(subject, "setgroups", 1, list);
        } else {
            calls.checkedFor(subject, "initgroups", calls.string(name.getBytes(StandardCharsets.UTF_8)), gid);
        }
        calls.checkedFor(subject, "setgid", gid);
        calls.checkedFor(subject, "setuid", uid);
        if (uid != 0 && (int) calls.call("setuid", 0) == 0) {
            throw new NativeUnavailable(
                    subject + ": it could become root again (a capability is kept); start it without", null);
        }
    }
}
