package dev.auditpolicy.policy.yaml;

import dev.auditpolicy.policy.tree.MalformedDocumentException;
import dev.auditpolicy.policy.tree.Position;
import dev.auditpolicy.policy.tree.Tree;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Resolves the type of a scalar like go-yaml v2, the parser of {@code sigs.k8s.io/yaml}: YAML 1.1 with {@code y} and
 * {@code n} as booleans, without base 60 numbers, and with timestamps as strings.
 */
final class YamlScalars {

    private static final String PREFIX = "tag:yaml.org,2002:";

    private static final Set<String> TRUE =
            Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");

    private static final Set<String> FALSE =
            Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");

    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");

    private static final Pattern NOT_FINITE = Pattern.compile("[+-]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{1,2}-\\d{1,2}(?:[Tt ].*)?");

    private static final int BASE64_GROUP = 4;

    private YamlScalars() {}

    /**
     * The value of a scalar.
     *
     * @throws MalformedDocumentException if the value does not match its tag, or has no form in JSON
     */
    static Tree resolve(YamlNode.Scalar scalar) {
        String value = scalar.value();
        Position position = scalar.position();
        boolean quoted = scalar.tag().isEmpty() && !scalar.plain();
        if (quoted) {
            return new Tree.Text(value, position);
        }
        return switch (scalar.tag()) {
            case "" -> untagged(value, position);
            case PREFIX + "bool", PREFIX + "int", PREFIX + "float", PREFIX + "null", PREFIX + "timestamp" ->
                tagged(scalar, scalar.tag().substring(PREFIX.length()));
            case PREFIX + "binary" -> new Tree.Text(base64(value, position), position);
            // With an unknown tag, any value is a string.
            default -> new Tree.Text(value, position);
        };
    }

    private static Tree untagged(String value, Position position) {
        if (TRUE.contains(value)) {
            return new Tree.Bool(true, position);
        }
        if (FALSE.contains(value)) {
            return new Tree.Bool(false, position);
        }
        if (NULL.contains(value)) {
            return new Tree.Null(position);
        }
        if (NOT_FINITE.matcher(value).matches()) {
            throw new MalformedDocumentException("json: unsupported value: " + value, position);
        }
        return YamlNumbers.parse(value)
                .<Tree>map(number -> new Tree.Numeral(json(number), position))
                .orElseGet(() -> new Tree.Text(value, position));
    }

    private static Tree tagged(YamlNode.Scalar scalar, String type) {
        Tree value = untagged(scalar.value(), scalar.position());
        boolean fits =
                switch (value) {
                    case Tree.Bool _ -> type.equals("bool");
                    case Tree.Null _ -> type.equals("null");
                    case Tree.Numeral number ->
                        type.equals("float") || (type.equals("int") && YamlNumbers.isInteger(scalar.value()));
                    case Tree.Text text ->
                        type.equals("timestamp") && DATE.matcher(text.value()).matches();
                    case Tree.Items _, Tree.Fields _ -> false;
                };
        if (!fits) {
            throw new MalformedDocumentException(
                    "yaml: cannot decode `" + scalar.value() + "` as a !!" + type, scalar.position());
        }
        return value;
    }

    private static String json(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0 ? number.toBigInteger().toString() : number.toString();
    }

    private static String base64(String value, Position position) {
        try {
            String padded = value.replace("\n", "").replace("\r", "");
            if (padded.length() % BASE64_GROUP != 0) {
                throw new IllegalArgumentException("base64 without padding, which Go rejects");
            }
            return new String(Base64.getDecoder().decode(padded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new MalformedDocumentException("yaml: !!binary value contains invalid base64 data", position, e);
        }
    }
}
