package dev.auditpolicy.host.log;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.util.Objects.requireNonNull;

import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.Proc;
import dev.auditpolicy.host.process.ProcessUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@link LogPermissions} through {@code /proc/PID/root}: only the file that kube-apiserver has at the path of its log. It is neither a
 * link nor has it another name, so nobody can have put another file there to get access to it.
 */
public final class ProcLogPermissions implements LogPermissions {

    private static final int PERMISSIONS = 07777;

    /** A user who owns nothing. */
    private static final int NOBODY = 65534;

    private final Proc proc;

    public ProcLogPermissions() {
        this(Path.of("/proc"));
    }

    ProcLogPermissions(Path proc) {
        this.proc = new Proc(proc);
    }

    @Override
    public boolean apply(ApiServerProcess process, String path, @Nullable Integer group, int mode) throws IOException {
        var file = proc.entry(process.pid()).resolve("root" + path);
        Map<String, Object> found;
        try {
            found = Files.readAttributes(file, "unix:uid,gid,mode,nlink,isRegularFile", NOFOLLOW_LINKS);
        } catch (NoSuchFileException notYet) {
            return false;
        }
        if (!Boolean.TRUE.equals(found.get("isRegularFile")) || number(found, "nlink") != 1) {
            throw new IOException(
                    path + " is a link, has several names, or is not a file: replace it with a regular file");
        }
        var wanted = group == null ? number(found, "gid") : group.intValue();
        requireTraversable(requireNonNull(file.getParent()), path, wanted, mode);
        var changesGroup = number(found, "gid") != wanted;
        if (changesGroup && !process.user().isRoot() && !process.user().isIn(wanted)) {
            throw new IOException("kube-apiserver runs as " + process.user() + " and is no member of group " + wanted
                    + ", so it could not keep that group when it rotates the log: make it a member"
                    + " (supplementalGroups), or choose a group of which it is one");
        }
        var changesMode = (number(found, "mode") & PERMISSIONS) != mode;
        // The group first: the bits of the new mode are not for the old group.
        if (changesGroup) {
            Files.setAttribute(file, "unix:gid", wanted, NOFOLLOW_LINKS);
        }
        if (changesMode) {
            Files.setAttribute(file, "unix:mode", mode, NOFOLLOW_LINKS);
        }
        return changesGroup || changesMode;
    }

    /** kubelet makes the directory with 0755. One that somebody made otherwise is theirs, and stays as it is. */
    private static void requireTraversable(Path directory, String path, int group, int mode) throws IOException {
        var found = Files.readAttributes(directory, "unix:uid,gid,mode");
        var member = new ProcessUser(NOBODY, group, Set.of());
        if (member.may(ProcessUser.READ, NOBODY - 1, group, mode)
                && !member.may(ProcessUser.SEARCH, number(found, "uid"), number(found, "gid"), number(found, "mode"))) {
            var name = path.substring(0, path.lastIndexOf('/'));
            throw new IOException(
                    "group " + group + " may not traverse " + name + ", so it could not read the log: chmod o+x " + name
                            + ", or chgrp " + group + " " + name + " && chmod g+x " + name);
        }
    }

    private static int number(Map<String, Object> attributes, String name) {
        return (int) requireNonNull(attributes.get(name));
    }
}
