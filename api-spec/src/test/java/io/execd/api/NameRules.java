package io.execd.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names that clients and generated code rely on. */
final class NameRules {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]+)}");

  private static final Map<String, String> PATH_PARAMETER_BY_START =
      Map.of("/code/", "context_id", "/session/", "sessionId", "/command/", "id", "/pty/", "id");

  private static final Map<String, List<String>> OPERATIONS_BY_TAG =
      Map.of(
          "Health", words("ping getSpec"),
          "CodeInterpreting",
              words(
                  "listContexts deleteContextsByLanguage getContext deleteContext"
                      + " createCodeContext runCode interruptCode"),
          "Command",
              words(
                  "createSession runInSession deleteSession runCommand interruptCommand"
                      + " getCommandStatus getBackgroundCommandLogs listCommands"
                      + " watchCommandEvents writeCommandStdin closeCommandStdin signalCommand"),
          "Filesystem",
              words(
                  "getFilesInfo removeFiles chmodFiles renameFiles searchFiles replaceContent"
                      + " uploadFile downloadFile listDirectory makeDirs removeDirs"
                      + " putFileContent getUploadOffset"),
          "Metric", words("getMetrics watchMetrics"),
          "Pty", words("createPtySession getPtySession deletePtySession attachPtySession"),
          "IsolatedExecution", words("getIsolationCapabilities"));

  private static final List<String> SCHEMAS =
      words(
          "CreateSessionRequest CreateSessionResponse RunInSessionRequest CodeContextRequest"
              + " CodeContext RunCodeRequest RunCommandRequest CommandStatusResponse"
              + " ServerStreamEvent FileInfo Permission FileMetadata RenameFileItem"
              + " ReplaceFileContentItem ReplaceFileContentResult Metrics ErrorResponse");

  private NameRules() {}

  static Stream<String> operations(Contract contract) {
    Set<String> wanted =
        OPERATIONS_BY_TAG.entrySet().stream()
            .flatMap(tag -> tag.getValue().stream().map(id -> tag.getKey() + "/" + id))
            .collect(Collectors.toSet());
    List<String> found = contract.operations().stream().map(Operation::taggedId).toList();
    Stream<String> missing =
        wanted.stream().filter(it -> !found.contains(it)).map(it -> "missing: " + it);
    Stream<String> unknown =
        found.stream().filter(it -> !wanted.remove(it)).map(it -> "unknown or twice: " + it);
    return Stream.concat(missing.toList().stream(), unknown);
  }

  static Stream<String> oneTag(Contract contract) {
    return contract.operations().stream()
        .filter(it -> it.node().path("tags").size() != 1)
        .map(it -> it.breaks("needs exactly one tag"));
  }

  static Stream<String> schemas(Contract contract) {
    JsonNode present = contract.root().path("components").path("schemas");
    return SCHEMAS.stream().filter(it -> !present.has(it)).map(it -> "missing schema: " + it);
  }

  static Stream<String> pathParameters(Contract contract) {
    return contract.operations().stream()
        .filter(it -> !declared(it).equals(expected(it)) || !placeholders(it).equals(expected(it)))
        .map(it -> it.breaks("path parameters are " + declared(it) + ", not " + expected(it)));
  }

  static Stream<String> security(Contract contract) {
    JsonNode scheme = contract.root().at("/components/securitySchemes/AccessToken");
    String found =
        "%s %s %s"
            .formatted(
                scheme.path("type").asText(),
                scheme.path("in").asText(),
                scheme.path("name").asText());
    return Stream.of(found).filter(it -> !it.equals("apiKey header X-EXECD-ACCESS-TOKEN"));
  }

  static Stream<String> identityServers(Contract contract) {
    return contract.operations().stream()
        .filter(it -> it.taggedId().startsWith("Filesystem/") != hasIdentityServer(it))
        .map(it -> it.breaks("identity server"));
  }

  private static boolean hasIdentityServer(Operation operation) {
    return operation.item().path("servers").findValuesAsText("url").stream()
        .anyMatch(it -> it.endsWith("/v1/filesystem/{uid}/{gid}"));
  }

  private static Set<String> declared(Operation operation) {
    return operation
        .parameters()
        .filter(it -> it.path("in").asText().equals("path"))
        .map(it -> it.path("name").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> placeholders(Operation operation) {
    return PLACEHOLDER
        .matcher(operation.path())
        .results()
        .map((MatchResult it) -> it.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> expected(Operation operation) {
    return PATH_PARAMETER_BY_START.entrySet().stream()
        .filter(it -> operation.path().startsWith(it.getKey()) && operation.path().contains("{"))
        .map(Map.Entry::getValue)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> words(String words) {
    return List.of(words.split(" "));
  }
}
