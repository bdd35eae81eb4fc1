package dev.auditpolicy.host.process;

import java.util.Set;

/**
 * As whom a process accesses files.
 *
 * @param uid the effective user ID
 * @param gid the effective group ID
 * @param groups the supplementary group IDs
 */
public record ProcessUser(int uid, int gid, Set<Integer> groups) {

    /** The user of kube-apiserver on most nodes, who may access every file. */
    public static final ProcessUser ROOT = new ProcessUser(0, 0, Set.of());

    /** Of the three bits for the owner, the group or others. */
    public static final int READ = 4;

    public static final int WRITE = 2;

    /** Of a directory: access to what is in it. */
    public static final int SEARCH = 1;

    public ProcessUser {
        groups = Set.copyOf(groups);
    }

    public boolean isRoot() {
        return uid == 0;
    }

    /**
     * Whether the permission bits of a file let this user access it, as path_resolution(7) describes. Access control lists are
     * not considered.
     *
     * @param access a sum of {@link #READ}, {@link #WRITE} and {@link #SEARCH}
     */
    public boolean may(int access, int owner, int group, int mode) {
        if (isRoot()) {
            return true;
        }
        int granted = uid == owner ? mode >> 6 : isIn(group) ? mode >> 3 : mode;
        return (granted & access) == access;
    }

    public boolean isIn(int group) {
        return gid == group || groups.contains(group);
    }

    /** For messages. */
    @Override
    public String toString() {
        return "user " + uid + ", group " + gid;
    }
}
