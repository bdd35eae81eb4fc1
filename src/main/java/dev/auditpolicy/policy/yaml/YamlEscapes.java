package dev.auditpolicy.policy.yaml;

/** go-yaml refuses an escape that is half of a surrogate pair, also where both halves are there; SnakeYAML joins them. */
final class YamlEscapes {

    private static final int HEX_DIGITS = 4;

    private YamlEscapes() {}

    /** Whether the source of a double-quoted scalar has such an escape. */
    static boolean hasSurrogate(String source) {
        for (int i = 0; i < source.length(); i++) {
            if (source.charAt(i) == '\\') {
                i++;
                int end = i + 1 + HEX_DIGITS;
                if (source.startsWith("u", i) && end <= source.length() && isSurrogate(source.substring(i + 1, end))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isSurrogate(String hexDigits) {
        return Character.isSurrogate((char) Integer.parseInt(hexDigits, 16));
    }
}
