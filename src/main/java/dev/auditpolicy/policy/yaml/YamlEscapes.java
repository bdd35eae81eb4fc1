package dev.auditpolicy.policy.yaml;

/** Finds escaped surrogates: go-yaml rejects them, even in pairs, while SnakeYAML joins a pair. */
final class YamlEscapes {

    private static final int HEX_DIGITS = 4;

    private YamlEscapes() {}

    /** Whether the source of a double-quoted scalar contains such an escape. */
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
