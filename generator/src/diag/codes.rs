//! The table of all codes: summary, variant, name, severity and explanation of each.
//!
//! It is data. A reviewer should be able to read an explanation as its user does: one literal is one
//! line of `bindery explain`.

use super::Severity;
use super::code::codes;

codes! {
    // Reading a document.

    /// A file can't be read.
    UnreadableFile = "unreadable-file", Error:
        "The file is missing, is a folder, may not be read, or is not UTF-8 text. JSON and YAML"
        "documents are exchanged in UTF-8; a byte-order mark at the beginning is accepted."
        ""
        "Check the path. If an editor or a shell has saved the file in another encoding (UTF-16 is"
        "common on Windows), save it again as UTF-8."

    /// A document has no content.
    EmptyDocument = "empty-document", Error:
        "The file is empty, or has nothing but white space and comments, so there is nothing to"
        "generate from. As a rule the step that should have written the document has failed."
        ""
        "The smallest document is:"
        ""
        "    openapi: 3.0.3"
        "    info: {title: Example, version: '1'}"
        "    paths: {}"

    /// A text is neither JSON nor YAML.
    SyntaxError = "syntax-error", Error:
        "The text breaks the grammar of its format at the place shown, so nothing behind it can be"
        "understood. A text that begins with `{` or `[`, or whose file ends in `.json`, is read as"
        "JSON, any other as YAML 1.2. What is not valid JSON is tried as YAML before it is refused."
        ""
        "In YAML the cause is often one line above: a wrong indentation, a tab, or text with `: ` or"
        "` #` in it that needs quotes:"
        ""
        "    description: 'Note: this needs quotes'"

    /// A JSON file was read as YAML.
    ReadAsYaml = "read-as-yaml", Note:
        "The text looks like JSON but breaks its grammar, by a comment or by a comma before a closing"
        "bracket for example. It is valid YAML, and was read as such. Other tools will refuse it."
        ""
        "Mend the place shown, or give the file the extension `.yaml`."

    /// A YAML file breaks a rule of YAML 1.2.
    LaxYaml = "lax-yaml", Note:
        "The text breaks a rule of YAML 1.2 that older readers don't enforce: a tab where only spaces"
        "may be, brackets or quoted text that is not indented, a comment without a space before it. It"
        "was read by their rules. These tell no places, so diagnostics can't show lines of the file."
        ""
        "    example: {"
        "    \"pasted\": true            # indent it"
        "    }"

    /// A file holds more than one YAML document.
    SeveralDocuments = "several-documents", Note:
        "A line `---` ends a YAML document and begins another one. An OpenAPI document is a single"
        "one, so only the first is read."
        ""
        "Remove the line, or keep the other documents in files of their own."

    /// A document is too large.
    TooLarge = "too-large", Error:
        "The file has more than 256 MiB, or the document more than 5,000,000 nodes. The limits keep a"
        "hostile document from using up the memory; the largest published ones stay well below."
        ""
        "Split the document, or remove examples, which are the largest part of most documents."

    /// A document is nested too deeply.
    TooDeep = "too-deep", Error:
        "Objects and arrays are nested more than 256 levels deep. The limit keeps a hostile document"
        "from using up the stack of this and of other tools; nobody reads such a document."
        ""
        "Give the inner schemas names under `components/schemas` and refer to them with `$ref`."

    /// Aliases multiply a YAML document.
    AliasLimit = "alias-limit", Error:
        "A YAML alias (`*name`) stands for a copy of what its anchor (`&name`) marks. The copies of"
        "this document add up to more than 1,000,000 nodes, or an alias is inside what it stands for"
        "and so would have no end. Documents of that kind are used as attacks."
        ""
        "Use `$ref` instead of aliases: it refers to an object without copying it."

    /// An object has the same key twice.
    DuplicateKey = "duplicate-key", Note:
        "JSON and YAML want the keys of an object to be different. Readers disagree about what to do"
        "if they are not; like most readers of JSON we take the last value and drop the others, at"
        "the position of the first key."
        ""
        "Remove one of them. Often two paths or two properties were meant to be merged:"
        ""
        "    /pets: {get: …}"
        "    /pets: {post: …}     # the GET operation is lost"

    /// A document is not an OpenAPI document.
    NotOpenapi = "not-openapi", Error:
        "The root of an OpenAPI document is an object with the key `openapi`, whose value is the"
        "version of the specification as a string, such as `3.0.3`. Nothing of the kind was found."
        ""
        "The file may be another one than was meant: a schema alone, an error page, a configuration."

    /// The version of the specification is not supported.
    UnsupportedVersion = "unsupported-version", Error:
        "This release reads Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2. Versions differ in what the same keys"
        "mean, so a document isn't read by the rules of another version."
        ""
        "Convert an older document to OpenAPI 3.0. A misspelt version (`3.0`, `3.0.3` and `3.1.0-rc1`, and"
        "for Swagger `2.0`, are right) is reported as this, too."

    /// The version of the specification is a newer one.
    UnknownVersion = "unknown-version", Note:
        "The document is of an OpenAPI 3 that is newer than this release. It is read by the rules of"
        "OpenAPI 3.2; what the newer version has added is reported as unknown keys."
        ""
        "If the version is misspelt, correct it: `openapi: 3.2.0`."

    /// An overlay can't be understood.
    InvalidOverlay = "invalid-overlay", Error:
        "The file is no overlay of the OpenAPI Overlay Specification 1.0 or 1.1, or one of its actions can't"
        "be carried out: it has no `target`, that is no JSONPath (RFC 9535), or an object would be replaced"
        "by something else. Half of an overlay makes another document than was meant, so nothing is written."
        ""
        "    overlay: 1.0.0"
        "    info: {title: Mend the shelves, version: '1'}"
        "    actions:"
        "      - target: $.paths['/shelves'].get"
        "        update: {operationId: ListShelves}"

    /// An overlay doesn't fit the document.
    OverlayMismatch = "overlay-mismatch", Note:
        "The `target` of an action selects nothing in the document, so the action has no effect; or the"
        "overlay says by `extends` that it is for a document of another name."
        ""
        "As a rule the document has changed since the overlay was written: what was to be mended may be"
        "mended, or have another place."

    // Holding a document against its specification.

    /// The specification does not define a key.
    UnknownKey = "unknown-key", Note:
        "The specification lists the keys of each object. This one isn't among them, so it means"
        "nothing and is ignored: misspelt, at the wrong level, or from another version. Extensions"
        "begin with `x-`. In a schema of OpenAPI 3.1 any word may stand; there only what looks misspelt is"
        "reported."
        ""
        "    requestbody: …       # requestBody"
        "    schema:"
        "      nulable: true      # nullable"

    /// A required key is missing.
    MissingKey = "missing-key", Note:
        "The specification requires the key. Where its value can be done without, such as the"
        "description of a response, reading goes on; where it can't, what is lost is reported as well."
        ""
        "Add the key. Other tools may refuse the whole document without it."

    /// A value has another type than the specification demands.
    WrongType = "wrong-type", Note:
        "The value of a keyword has another type than the specification demands. What was obviously"
        "meant is understood: `\"true\"` for a boolean, `\"12\"` for a number, `1.0` for a string. Any"
        "other value is ignored, as if the keyword were missing. This code is used only where that"
        "changes no type and loses no operation."
        ""
        "    info:"
        "      version: 1.10      # a number, and not even the one that was meant: '1.10'"

    /// A value is not one of those that the specification lists.
    UnknownValue = "unknown-value", Note:
        "The specification lists the values of this keyword, and this is none of them. It is ignored,"
        "as if the keyword were missing, so that its default holds."
        ""
        "    style: spaceDelimitd     # spaceDelimited"

    /// Keys beside `$ref` have no effect.
    ReferenceSiblings = "reference-siblings", Note:
        "An object with `$ref` is a Reference Object: it stands for what it refers to, and every other"
        "key in it is ignored. In OpenAPI 3.0 that holds for schemas as well, also for `description` and"
        "`nullable`; from OpenAPI 3.1 on a schema may have any keyword beside `$ref`, and other objects"
        "may have a `summary` and a `description` there."
        ""
        "To add something to a schema of OpenAPI 3.0, wrap the reference:"
        ""
        "    allOf:"
        "      - $ref: '#/components/schemas/Owner'"
        "    description: Who pays for the shelf."

    /// An extension uses the prefix that is kept for the generator.
    InvalidExtension = "invalid-extension", Error:
        "Keys that begin with `x-bindery-` are the generator's own and have no place in a document, or"
        "an extension that the generator understands has a value that it doesn't. Extensions decide"
        "about names and authentication, so they are not guessed at."
        ""
        "The guide lists the extensions and their values. Remove or correct this one."

    // References.

    /// A reference leads nowhere.
    DanglingReference = "dangling-reference", Widened:
        "There is nothing at the place to which a `$ref` leads, or it is not written as a reference:"
        "`#`, then a JSON Pointer (RFC 6901), in which `~1` stands for `/` and `~0` for `~`. What used"
        "it is widened to any value, or left out if it can't be."
        ""
        "    $ref: '#/components/schemas/Pet'"
        "    $ref: '#/paths/~1pets~1{id}/get/parameters/0'"

    /// References lead in a circle.
    ReferenceCycle = "reference-cycle", Widened:
        "A `$ref` leads to another `$ref`, and so on back to the first, without ever reaching an"
        "object. (Schemas that contain themselves through properties or items are ordinary and fine.)"
        ""
        "    A: {$ref: '#/components/schemas/B'}"
        "    B: {$ref: '#/components/schemas/A'}"

    /// A reference leads to another file, which can't be read.
    ExternalReference = "external-reference", Widened:
        "The `$ref` leads to another file, and there is none at that path, or it can't be read: it is a"
        "folder, no UTF-8 text, broken, too large, or one of more than a thousand. What used the"
        "reference is widened to any value, or left out if it can't be. The path is relative to the file"
        "in which the reference stands. A document that is read from a pipe has no files beside it."
        ""
        "    $ref: 'schemas/pet.yaml'"
        "    $ref: '../common.yaml#/components/schemas/Pet'"
        ""
        "If a schema of the same file was meant, write `#/components/schemas/` before its name."

    /// A reference leads out of the folder of the document.
    OutsideReference = "outside-reference", Widened:
        "The `$ref` leads to a file outside the folder in which the document is, by `..`, by an"
        "absolute path, by a drive or by a symbolic link. Such files are never read: a document from"
        "somebody else could have parts of any file on this machine end up in the output."
        ""
        "Move the file into the folder of the document. Files in folders below it are read, and these"
        "may refer to each other and back; so a document that lies in the highest folder of all its"
        "files can refer to every one of them."

    /// A reference leads to the network.
    RemoteReference = "remote-reference", Widened:
        "The `$ref` is an address with a scheme, such as `https://…`. Nothing is ever fetched while"
        "generating: the output would depend on the network, and a document from somebody else could"
        "make this machine call any address."
        ""
        "Download the file, review it, put it into the folder of the document, and refer to it there."

    // Turning objects into a client.

    /// An object can't be read.
    UnreadableObject = "unreadable-object", Skipped:
        "The object lacks something without which it has no meaning, or something in it has the wrong"
        "form: a parameter without `name`, a security scheme of no known `type`, `parameters` that are"
        "no array. The operation that needs it is left out, because a call without the part that"
        "can't be read would be a wrong call."

    /// A schema can't be expressed as a type.
    UnsupportedSchema = "unsupported-schema", Widened:
        "The schema, or a keyword of it that shapes the type, can't be expressed or can't be read:"
        "`items` that is an array, `properties` that is no object. What it can't express is widened,"
        "in the end to any JSON value, so that every reply still decodes."
        ""
        "Write the schema with the keywords of the version of the specification."

    /// A keyword limits values in a way that no type can express.
    UncheckedKeyword = "unchecked-keyword", Note:
        "`not`, `if`, `contains`, `dependentRequired` and their kind say of single values whether they"
        "are allowed. No type of Rust says that, so the type admits these values and others; whoever"
        "makes a value has to see to it. Each keyword is reported once for the whole document."
        ""
        "Nothing has to be done. Where alternatives were meant, `oneOf` has a type."

    /// Numbers of a schema need more than 64 bits.
    WideNumber = "wide-number", Note:
        "The schema has no format, and a bound, a default or an example of it is beyond an integer of"
        "64 bits, or no floating-point number of 64 bits is equal to it. Its type is one that keeps"
        "every digit, so that no value is refused or changed."
        ""
        "`format: int64` or `format: double` makes it a number of 64 bits."

    /// A value may be two variants of a union.
    OverlappingVariants = "overlapping-variants", Note:
        "Two schemas of a `oneOf` or `anyOf` have values in common, so a value does not tell which of"
        "them it is. It is decoded as the one that knows all properties that it has, or else as the"
        "first that takes it; nothing of it is lost if it fits none."
        ""
        "Say with a `discriminator` which one it is, or require a property that only one of them has:"
        ""
        "    discriminator: {propertyName: kind}"

    /// A schema names a type that does not exist.
    UnknownType = "unknown-type", Widened:
        "The types are `array`, `boolean`, `integer`, `number`, `object` and `string`, and from OpenAPI"
        "3.1 on `null`. Of another type nothing is known, so any JSON value is accepted. Dates and files"
        "are strings with a format:"
        ""
        "    type: string"
        "    format: date-time        # binary for a file"

    /// The keywords of a schema contradict each other.
    ContradictorySchema = "contradictory-schema", Widened:
        "No value can satisfy all keywords of the schema, as where `allOf` joins a string with an"
        "object, or gives a property two types. Since the service does send something, the part in"
        "dispute is widened to any JSON value."
        ""
        "Correct the schema: as a rule one branch is out of date, or `oneOf` was meant."

    /// Two operations have the same `operationId`.
    DuplicateOperationId = "duplicate-operation-id", Note:
        "The specification wants each `operationId` to be unique, since tools make names of them. The"
        "first operation keeps the name, the others get names from their method and path."
        ""
        "Rename one of them."

    /// An operation has no `operationId`.
    MissingOperationId = "missing-operation-id", Note:
        "The name of the method is made from the HTTP method and the path instead, so it changes if"
        "the path does."
        ""
        "    get:"
        "      operationId: ListShelves"

    /// A path has a parameter that is not declared.
    UndeclaredPathParameter = "undeclared-path-parameter", Note:
        "The template of the path has a name in braces for which neither the operation nor the path"
        "item declares a parameter. It is taken as a required string."
        ""
        "    /shelves/{shelf_id}:"
        "      parameters:"
        "        - {name: shelf_id, in: path, required: true, schema: {type: string}}"

    /// A path parameter does not occur in its path.
    UnusedPathParameter = "unused-path-parameter", Note:
        "A parameter is declared `in: path`, but the template of the path doesn't have its name in"
        "braces, so its value could never be sent. It is ignored."
        ""
        "Correct the spelling of one of them, add it to the path, or remove the parameter."

    /// A media type is not supported.
    UnsupportedMediaType = "unsupported-media-type", Skipped:
        "The key under `content` is no media type, such as `application/json`, so the body of the"
        "operation could not be sent as what it is. The operation is left out, since a call without"
        "its body would be a wrong call."
        ""
        "Every media type can be sent: JSON, forms, parts and text as what they are, any other as"
        "bytes."

    /// A parameter can't be sent.
    UnsupportedParameter = "unsupported-parameter", Skipped:
        "The parameter can't be sent: its name can't be the name of a header, or it is to be set once"
        "on the client and isn't one text or number. Leaving it out could change what the call does,"
        "so the operation is left out where the parameter is required."
        ""
        "Every place, style and shape of a parameter is supported otherwise."

    /// An operation has a method that can't be sent.
    UnsupportedMethod = "unsupported-method", Skipped:
        "The key under `additionalOperations` is the method as it is sent, such as `PURGE`. This one is no"
        "such name (RFC 9110, section 9.1), or it is one that does not belong there, so the operation is"
        "left out."
        ""
        "A method that has a key of its own belongs under it: `get`, `put`, `post`, `delete`, `options`,"
        "`head`, `patch`, `trace` or `query`. `CONNECT` opens a tunnel, so it has no reply to read."

    /// The required authentication is not supported.
    UnsupportedSecurity = "unsupported-security", Skipped:
        "No alternative in the `security` of the operation can be satisfied by the client. A call"
        "never goes out without the authentication that its document asks for, so the operation is"
        "left out."
        ""
        "If the service takes another kind, such as an API key, add it as a further alternative."

    /// A security requirement names a scheme that does not exist.
    UnknownSecurityScheme = "unknown-security-scheme", Widened:
        "Each name in `security` is a key of `components/securitySchemes`, and this one isn't there."
        "How the call is authenticated is unknown, so callers give the whole header `Authorization`;"
        "without one, the call is refused before anything is sent."
        ""
        "    components:"
        "      securitySchemes:"
        "        Token: {type: apiKey, in: header, name: X-Api-Key}"
        "    security:"
        "      - Token: []"

    /// A response can't be expressed.
    UnsupportedResponse = "unsupported-response", Widened:
        "The key under `content` is no media type, such as `application/json`. The call works, and its"
        "reply gives the body as bytes."
        ""
        "Name the media type that the service answers with."

    /// A response has no valid status.
    InvalidStatus = "invalid-status", Note:
        "The keys of `responses` are `default`, a status code from `100` to `599`, or a range from"
        "`1XX` to `5XX`. No reply can match another key, so the response is ignored."
        ""
        "Some gateways export settings this way (`default-cors`); such keys can be removed."

    /// A path is not a path.
    InvalidPath = "invalid-path", Skipped:
        "A path begins with `/`, has balanced braces around non-empty names, no name twice, and no"
        "query or fragment. What the server would receive for this one is unclear, so its operations"
        "are left out."
        ""
        "    /shelves/{shelf_id}:          # right"
        "    /shelves?action={action}:       # declare `action` with `in: query`"

    /// The address of a server can't be used.
    UnsupportedServer = "unsupported-server", Note:
        "The address is relative, is no URL, or has a variable without a default. It can't be the"
        "default of the client, so callers must set the base URL themselves."
        ""
        "    servers:"
        "      - url: https://library.{region}.example.com"
        "        variables: {region: {default: eu-west-101}}"

    /// A part of the document has no effect on the client.
    UnsupportedFeature = "unsupported-feature", Note:
        "The client makes nothing of it, or only a part: of a callback there are the types and nothing"
        "that listens, a reply to `HEAD` has no body to read, what sends a request sets the header"
        "`Content-Length` itself. The rest of the document is not concerned."
        ""
        "Most often there is nothing to mend: the message says what became of it."

    // Naming.

    /// A name was changed.
    Renamed = "renamed", Note:
        "Two things of the document would have the same name in Rust, or the name belongs to the"
        "emitted code itself. One of them was renamed, by what is around it."
        ""
        "The name stays the same in later runs. For one of your choice add `x-rust-name` to the"
        "schema, property, parameter or operation."

    /// Two things are pinned to the same name.
    DuplicatePin = "duplicate-pin", Error:
        "`x-rust-name` is never altered. Two things in the same scope ask for the same name, which"
        "Rust can't have."
        ""
        "Change or remove one of the two."

    /// A pinned name is not a Rust identifier.
    InvalidPin = "invalid-pin", Error:
        "The value of `x-rust-name` must be an identifier of Rust that is no keyword, in the case of"
        "its kind: `UpperCamelCase` for types and variants, `snake_case` for methods and fields."
        ""
        "    x-rust-name: shelf_state"

    // Configuration.

    /// The configuration can't be used.
    InvalidConfig = "invalid-config", Error:
        "`bindery.toml` isn't valid TOML, lacks something that is required, or has a value that can't"
        "be used."
        ""
        "    [[crate]]"
        "    name = \"example-client\""
        "    spec = \"spec/example.yaml\""
        "    out = \"generated\""

    /// An option does not exist.
    UnknownOption = "unknown-option", Error:
        "`bindery.toml` or the command line has an option that doesn't exist. It is refused rather"
        "than ignored: a misspelt option would quietly be without effect."
        ""
        "`bindery help` lists the options of the command line, the guide those of `bindery.toml`."

    // Writing.

    /// The output can't be written.
    UnwritableOutput = "unwritable-output", Error:
        "A file or folder of the output can't be created, written, renamed or removed. Files are"
        "written aside and renamed, the manifest last, so that no file is ever half-written."
        ""
        "Check the permissions and the free space, then run the command again."

    /// The output folder holds files of others.
    ForeignFiles = "foreign-files", Error:
        "The output folder belongs to the generator: what is in it must be listed in its"
        "`bindery-manifest.json`. These files aren't, and nothing that isn't ours is overwritten or"
        "removed."
        ""
        "Move them elsewhere, or choose another folder."

    /// The emitted code can't be formatted.
    InternalFormat = "internal-format", Error:
        "The generator emitted something that isn't Rust. That is a defect of the generator, not of the"
        "document; nothing was written."
        ""
        "Please report it together with the part of the document that is named."
}
