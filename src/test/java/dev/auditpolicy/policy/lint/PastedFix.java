package dev.auditpolicy.policy.lint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Does what the text of a fix says, as a user would, to the YAML tree of a policy.
 *
 * @param policy after the change
 * @param touched the rules, by their new indexes, whose requests may be recorded otherwise now
 * @param from the rule, by its old index, that decided these requests; -1 for any, -2 for no rule
 */
record PastedFix(JsonNode policy, Set<Integer> touched, int from) {

    static final int ANY = -1;
    static final int NO_RULE = -2;

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Pattern RULE = Pattern.compile("rules\\[(\\d+)].*");
    private static final Pattern ENTRY = Pattern.compile("(rules\\[\\d+]\\.resources\\[\\d+]).*");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern MOVE_RULE = Pattern.compile("move this rule before rules\\[(\\d+)].*");
    private static final Pattern MOVE_VERBS = Pattern.compile("move (.+) to a new rule before this one: .*");
    private static final Pattern MOVE_FIELD = Pattern.compile("replace (\\w+) with (\\w+): (\\[.*])");
    private static final Pattern ADD_FIELD = Pattern.compile("remove (\\w+), and add \"(.*)\" to (\\w+)");
    private static final Pattern REMOVE_FIELD =
            Pattern.compile("remove (users|userGroups|verbs|namespaces|resourceNames)(:.*)?");
    private static final Pattern SET =
            Pattern.compile("set (level|omitStages): (\\w+|\\[[^]]*])( in rules\\[(\\d+)])?.*");

    /** Empty if the fix quotes nothing that can be pasted. */
    static Optional<PastedFix> of(JsonNode original, String path, String fix) throws JsonProcessingException {
        ObjectNode policy = original.deepCopy();
        int rule = rule(path);
        if (fix.startsWith("add before this rule: ")) {
            return Optional.of(inserted(policy, rule, rules(fix), rule));
        }
        if (fix.startsWith("add at the end of rules: ")) {
            return Optional.of(inserted(policy, policy.withArray("rules").size(), rules(fix), NO_RULE));
        }
        if (fix.matches("remove the (value|entry), and add before this rule: .*")) {
            remove(policy, fix.startsWith("remove the value") ? path : entry(path));
            return Optional.of(inserted(policy, rule, rules(fix), ANY));
        }
        if (fix.startsWith("remove the value") || fix.startsWith("remove the entry")) {
            remove(policy, fix.startsWith("remove the value") ? path : entry(path));
            return Optional.of(new PastedFix(policy, rule < 0 ? all(policy) : Set.of(rule), ANY));
        }
        if (fix.startsWith("remove this rule")) {
            policy.withArray("rules").remove(rule);
            return Optional.of(new PastedFix(policy, Set.of(), rule));
        }
        if (fix.startsWith("use \"") || fix.startsWith("did you mean \"")) {
            replace(policy, path, quoted(fix));
            return Optional.of(new PastedFix(policy, rule < 0 ? all(policy) : Set.of(rule), ANY));
        }
        if (fix.matches("(move it to a new entry|replace the entry with) \\{.*")) {
            replaceEntry(policy, path, YAML.readTree(fix.substring(fix.indexOf('{'))), fix.startsWith("replace"));
            return Optional.of(new PastedFix(policy, Set.of(rule), ANY));
        }
        if (fix.matches("add \"[^\"]*\" to the list.*")) {
            ((ArrayNode) policy.at(pointer(list(path)))).add(quoted(fix).getFirst());
            return Optional.of(new PastedFix(policy, Set.of(), ANY));
        }
        Matcher set = SET.matcher(fix);
        if (set.matches()) {
            int target = set.group(4) == null ? rule : Integer.parseInt(set.group(4));
            ObjectNode owner = target < 0 ? policy : (ObjectNode) policy.at("/rules/" + target);
            owner.set(set.group(1), YAML.readTree(set.group(2)));
            return Optional.of(
                    new PastedFix(policy, target < 0 ? all(policy) : Set.of(target), target < 0 ? ANY : target));
        }
        return moved(policy, path, rule, fix);
    }

    private static Optional<PastedFix> moved(ObjectNode policy, String path, int rule, String fix)
            throws JsonProcessingException {
        Matcher moveRule = MOVE_RULE.matcher(fix);
        if (moveRule.matches()) {
            int before = Integer.parseInt(moveRule.group(1));
            ArrayNode rules = policy.withArray("rules");
            JsonNode moved = rules.remove(rule);
            rules.insert(before, moved);
            return Optional.of(new PastedFix(policy, Set.of(before), ANY));
        }
        Matcher moveVerbs = MOVE_VERBS.matcher(fix);
        if (moveVerbs.matches()) {
            List<String> verbs = List.of(moveVerbs.group(1).split(" and "));
            ArrayNode kept = YAML.createArrayNode();
            policy.at("/rules/" + rule + "/verbs").forEach(verb -> {
                if (!verbs.contains(verb.asText())) {
                    kept.add(verb);
                }
            });
            ((ObjectNode) policy.at("/rules/" + rule)).set("verbs", kept);
            return Optional.of(inserted(policy, rule, rules(fix), ANY));
        }
        ObjectNode owner = rule < 0 ? policy : (ObjectNode) policy.at("/rules/" + rule);
        Matcher moveField = MOVE_FIELD.matcher(fix);
        Matcher addField = ADD_FIELD.matcher(fix);
        Matcher removeField = REMOVE_FIELD.matcher(fix);
        if (moveField.matches()) {
            owner.remove(moveField.group(1));
            owner.set(moveField.group(2), YAML.readTree(moveField.group(3)));
        } else if (addField.matches()) {
            owner.remove(addField.group(1));
            owner.withArray(addField.group(3)).add(addField.group(2));
        } else if (removeField.matches()) {
            String field = removeField.group(1);
            (field.equals("resourceNames") ? (ObjectNode) policy.at(pointer(entry(path))) : owner).remove(field);
        } else {
            return Optional.empty();
        }
        return Optional.of(new PastedFix(policy, Set.of(rule), ANY));
    }

    private static PastedFix inserted(ObjectNode policy, int at, List<JsonNode> rules, int from) {
        var touched = new ArrayList<Integer>();
        for (int i = 0; i < rules.size(); i++) {
            policy.withArray("rules").insert(at + i, rules.get(i));
            touched.add(at + i);
        }
        return new PastedFix(policy, Set.copyOf(touched), from);
    }

    /** The rules that the text quotes, each as {@code - {…}}, up to the first word that is not "and". */
    private static List<JsonNode> rules(String fix) throws JsonProcessingException {
        var rules = new ArrayList<JsonNode>();
        int start = fix.indexOf("- {");
        while (start >= 0) {
            int end = start + 2;
            int depth = 0;
            do {
                char character = fix.charAt(end);
                depth += character == '{' ? 1 : character == '}' ? -1 : 0;
                end++;
            } while (depth > 0);
            rules.add(YAML.readTree(fix.substring(start, end)).get(0));
            start = fix.startsWith(" and - {", end) ? end + " and ".length() : -1;
        }
        return rules;
    }

    private static void remove(ObjectNode policy, String path) {
        ((ArrayNode) policy.at(pointer(list(path)))).remove(index(path));
    }

    private static void replace(ObjectNode policy, String path, List<String> values) {
        if (path.endsWith(".group")) {
            ((ObjectNode) policy.at(pointer(entry(path)))).put("group", values.getFirst());
            return;
        }
        ArrayNode list = (ArrayNode) policy.at(pointer(list(path)));
        list.remove(index(path));
        for (int i = 0; i < values.size(); i++) {
            list.insert(index(path) + i, values.get(i));
        }
    }

    private static void replaceEntry(ObjectNode policy, String path, JsonNode entry, boolean whole) {
        ArrayNode entries = (ArrayNode) policy.at(pointer(list(entry(path))));
        if (whole) {
            entries.set(index(entry(path)), entry);
        } else {
            remove(policy, path);
            entries.add(entry);
        }
    }

    private static List<String> quoted(String fix) {
        String quotes = fix.replaceFirst("^(use|did you mean|add) ", "");
        var values = new ArrayList<String>();
        Matcher next = QUOTED.matcher(quotes);
        int end = 0;
        while (next.find(end) && (next.start() == end || quotes.startsWith(", \"", end))) {
            values.add(next.group(1));
            end = next.end();
        }
        return values;
    }

    private static Set<Integer> all(JsonNode policy) {
        var rules = new ArrayList<Integer>();
        for (int i = 0; i < policy.path("rules").size(); i++) {
            rules.add(i);
        }
        return Set.copyOf(rules);
    }

    private static int rule(String path) {
        Matcher matcher = RULE.matcher(path);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
    }

    private static String entry(String path) {
        Matcher matcher = ENTRY.matcher(path);
        if (!matcher.matches()) {
            throw new AssertionError("not in an entry: " + path);
        }
        return matcher.group(1);
    }

    private static String list(String path) {
        return path.substring(0, path.lastIndexOf('['));
    }

    private static int index(String path) {
        return Integer.parseInt(path.substring(path.lastIndexOf('[') + 1, path.length() - 1));
    }

    private static String pointer(String path) {
        return "/" + path.replace("[", "/").replace("]", "").replace('.', '/');
    }
}
