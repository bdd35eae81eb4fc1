package dev.auditpolicy.unit.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.auditpolicy.unit.syntax.ExecLine;
import dev.auditpolicy.unit.syntax.UnitSyntaxException;
import dev.auditpolicy.unit.syntax.UnitText;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Our drop-in: the unit's command without its own audit flags, and ours at its end.
 *
 * @param copied the command of the unit, with those of its arguments that stay
 * @param flags our flags by name, in the order in which they are written
 * @param overrides values for flags that a variable of the command sets, where they cannot be taken out
 * @param replaced the unit's own audit flags with their values, which have no effect now
 */
public record DropIn(
        ExecLine copied, Map<String, String> flags, Map<String, String> overrides, Map<String, String> replaced) {

    /**
     * systemd sorts drop-ins by name, whatever directory they are in. This one is after {@code override.conf}, which {@code systemctl
     * edit} writes, and after names that begin with a number: a later one is no accident.
     */
    public static final String NAME = "zz-auditpolicy.conf";

    /** systemd ignores sections of this prefix. */
    private static final String SECTION = "X-AuditPolicy";

    private static final Pattern FLAG = Pattern.compile("--([^=]*)=(.*)", Pattern.DOTALL);

    private static final String CHECKSUM = "Checksum=";

    private static final String HEAD = """
            # Written by the audit policy operator (auditpolicy.dev), which undoes changes of this file.
            # The command is that of the unit, with the audit flags of the AuditPolicy. The operator copies it again when the unit changes.
            # To get the unit back as it was: auditpolicy restore
            [Service]
            ExecStart=
            ExecStart=""";

    public DropIn {
        flags = Collections.unmodifiableMap(new LinkedHashMap<>(flags));
        overrides = Collections.unmodifiableMap(new TreeMap<>(overrides));
        replaced = Collections.unmodifiableMap(new TreeMap<>(replaced));
    }

    public static String path(String unit) {
        return "/etc/systemd/system/" + unit + ".d/" + NAME;
    }

    /** The whole command. */
    public ExecLine command() {
        var arguments = new ArrayList<>(copied.arguments());
        words(overrides).forEach(word -> arguments.add(copied.literal(word)));
        words(flags).forEach(word -> arguments.add(copied.literal(word)));
        return copied.withArguments(arguments);
    }

    /** Whether a flag that a process of this command may have is none of ours, and was replaced. */
    public boolean isWithoutEffect(String flag) {
        return !flags.containsKey(flag) && (overrides.containsKey(flag) || replaced.containsKey(flag));
    }

    private static List<String> words(Map<String, String> flags) {
        return flags.entrySet().stream()
                .map(flag -> "--" + flag.getKey() + "=" + flag.getValue())
                .toList();
    }

    public String render() {
        var text = HEAD + command().render() + "\n\n[" + SECTION + "]\n" + list("Flags", flags)
                + list("Overrides", overrides) + list("Replaced", replaced);
        return text + CHECKSUM + checksum(text) + "\n";
    }

    private static String list(String key, Map<String, String> flags) {
        return key + "=" + ExecLine.joined(words(flags)) + "\n";
    }

    public static DropInText read(String text) {
        var end = text.lastIndexOf(CHECKSUM);
        var unedited = text.substring(0, Math.max(end, 0));
        var dropIn = parse(UnitText.parse(text));
        if (dropIn.isEmpty()) {
            return text.contains("[" + SECTION + "]")
                    ? new DropInText.Edited(Optional.empty())
                    : new DropInText.Foreign();
        }
        return text.equals(unedited + CHECKSUM + checksum(unedited) + "\n")
                ? new DropInText.Written(dropIn.get())
                : new DropInText.Edited(dropIn);
    }

    /** Empty for what we have not written in this form. */
    private static Optional<DropIn> parse(UnitText text) {
        try {
            var commands = text.values("Service", "ExecStart");
            var flags = flags(text, "Flags");
            var overrides = flags(text, "Overrides");
            var replaced = flags(text, "Replaced");
            if (commands.size() != 2 || flags.isEmpty() || overrides.isEmpty() || replaced.isEmpty()) {
                return Optional.empty();
            }
            var command = ExecLine.parse(commands.getLast()).getFirst();
            var copied = command.arguments().size()
                    - flags.get().size()
                    - overrides.get().size();
            return copied < 0
                    ? Optional.empty()
                    : Optional.of(new DropIn(
                            command.withArguments(command.arguments().subList(0, copied)),
                            flags.get(),
                            overrides.get(),
                            replaced.get()));
        } catch (UnitSyntaxException notOurs) {
            return Optional.empty();
        }
    }

    private static Optional<Map<String, String>> flags(UnitText text, String key) throws UnitSyntaxException {
        var values = text.values(SECTION, key);
        if (values.size() != 1) {
            return Optional.empty();
        }
        var flags = new LinkedHashMap<String, String>();
        for (var word : ExecLine.words(values.getFirst())) {
            var flag = FLAG.matcher(word);
            if (!flag.matches()) {
                return Optional.empty();
            }
            flags.put(flag.group(1), flag.group(2));
        }
        return Optional.of(flags);
    }

    static String checksum(String text) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
