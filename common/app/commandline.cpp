// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "commandline.h"

#include "connectionoptions.h"
#include "conversation/connection.h"
#include "conversation/framer.h"
#include "linkoptions.h"
#include "messageoptions.h"
#include "optionreader.h"
#include "replies/replyrules.h"
#include "steps/steptext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

struct CommandLineStrings {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

std::optional<int> parseMs(const QString &text)
{
    bool isNumber = false;
    const int ms = text.toInt(&isNumber);
    return isNumber && ms >= 0 ? std::optional(ms) : std::nullopt;
}

std::optional<int> parseDelay(const QString &text)
{
    return text == "never"_L1 ? std::optional(ConnectionSettings::never) : parseMs(text);
}

void readFraming(OptionReader &reader, QLatin1StringView name, std::optional<Framing> &framing)
{
    if (!reader.isSet(name))
        return;
    QString error;
    framing = Framing::parse(reader.text(name), &error);
    if (!framing)
        reader.fail(CommandLineStrings::tr("--%1 '%2': %3").arg(name, reader.text(name), error));
}

bool isEmpty(const TypedMessage &message)
{
    return message.read().message.isEmpty();
}

/// Reports a message that cannot be sent.
void checkMessage(OptionReader &reader, QLatin1StringView textOption, QLatin1StringView fileOption,
                  const TypedMessage &message, const CommonOptions &options)
{
    const MessageTemplate read = message.read().message;
    const auto given = options.sendFraming ? options.sendFraming : options.framing;
    const auto framing = !given && read.file() ? Framing() : given;
    const QString refusal = framing ? Framer::refusalToSend(read, *framing) : QString();
    if (!refusal.isEmpty())
        reader.fail(CommandLineStrings::tr("%1: %2").arg(
            OptionReader::dashed(message.form == MessageForm::File ? fileOption : textOption), refusal));
}

std::optional<int> parseConnection(const QString &text)
{
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    return isNumber && number > 0 ? std::optional(number) : std::nullopt;
}

std::optional<Side> parseSide(const QString &text)
{
    for (const Side side : {Side::Client, Side::Server}) {
        if (text == StepText::word(side))
            return side;
    }
    return {};
}

std::optional<ReplyMode> parseReplyMode(const QString &text)
{
    for (size_t i = 0; i < ReplyRule::modeWords.size(); ++i) {
        if (text == ReplyRule::modeWords.at(i))
            return ReplyMode(i);
    }
    return {};
}

void addReplies(OptionReader &reader)
{
    reader.add({u"r"_s, u"reply"_s}, CommandLineStrings::tr("Reply to each message with REPLY; empty: no reply"),
               u"REPLY"_s);
    MessageOptions::add(reader, u"reply-file"_s,
                        CommandLineStrings::tr("Reply to each message with the bytes of FILE"));
    reader.add({u"reply-delay"_s}, CommandLineStrings::tr("Delay between a message and its reply"), u"MS"_s);
    reader.add({u"rules"_s},
               CommandLineStrings::tr("Reply by the rules in FILE (JSON); REPLY answers when no rule fits"), u"FILE"_s);
    reader.add({u"reply-mode"_s},
               CommandLineStrings::tr("What replies: fixed (REPLY), rules, echo (the message itself) or none"),
               u"fixed|rules|echo|none"_s);
}

void readReplies(OptionReader &reader, ServerOptions &options)
{
    reader.read("reply-mode"_L1, CommandLineStrings::tr("fixed, rules, echo or none"), options.replyMode,
                parseReplyMode);
    if (reader.isSet("rules"_L1)) {
        const QString path = reader.text("rules"_L1);
        const ReplyRules::Read read = ReplyRules::readFile(path);
        if (!read.error.isEmpty())
            reader.fail(CommandLineStrings::tr("--rules '%1': %2").arg(path, read.error));
        options.rules = read.rules;
        options.replyMode = options.replyMode.value_or(ReplyMode::Rules);
    } else if (options.headless && options.replyMode == ReplyMode::Rules) {
        reader.fail(CommandLineStrings::tr("--reply-mode rules needs --rules FILE"));
    }
}

void addCommon(OptionReader &reader, bool isServer)
{
    reader.add({u"framing"_s},
               CommandLineStrings::tr(
                   "What a message ends with: nul, newline, crlf, none (a message is what one read returns), end:HEX "
                   "(an end marker), between:HEX,HEX (a begin and an end marker), fixed:BYTES, silence:MS, or a length "
                   "prefix as length:2be or length:4le@OFFSET+N (N is added to the length)"),
               u"FRAMING"_s);
    reader.add({u"send-framing"_s}, CommandLineStrings::tr("The same for sent messages only"), u"FRAMING"_s);
    reader.add({u"close-delay"_s}, CommandLineStrings::tr("Delay between the peer's FIN and closing, or never"),
               u"MS|never"_s);
    reader.add({u"read-after"_s},
               CommandLineStrings::tr("Leave what the peer sends in the kernel for MS after connecting, then read"),
               u"MS|never"_s);
    reader.add({isServer ? u"start"_s : u"connect"_s}, isServer ? CommandLineStrings::tr("Start the server at once")
                                                                : CommandLineStrings::tr("Connect and send at once"));
    reader.add({u"headless"_s}, CommandLineStrings::tr("Run without a window and print the steps"));
    reader.add({u"output"_s}, CommandLineStrings::tr("Print steps as text or jsonl (JSON Lines, with all events)"),
               u"text|jsonl"_s);
    reader.add({u"session"_s}, CommandLineStrings::tr("Keep the session in FILE"), u"FILE"_s);
    reader.add({u"capture"_s},
               CommandLineStrings::tr(
                   "Capture the conversation into FILE (pcap; with .pcapng the steps are comments of their packets)"),
               u"FILE"_s);
    reader.add(
        {u"open"_s},
        CommandLineStrings::tr("Show the session, or the capture, in FILE (-: a capture on standard input); given "
                               "twice: two captures of the same conversation, one made at each end"),
        u"FILE"_s);
    reader.add({u"export"_s},
               CommandLineStrings::tr(
                   "Write the file that --open names to FILE (.txt, .jsonl, .csv, .mmd, .svg, .png, .bin, .pcapng) and "
                   "exit"),
               u"FILE"_s);
    reader.add({u"connection"_s},
               CommandLineStrings::tr("With --export or --dump-wire: only connection N (of a capture: the N-th)"),
               u"N"_s);
    reader.add({u"side"_s}, CommandLineStrings::tr("With --export to .bin: only the bytes that this end sent"),
               u"client|server"_s);
    reader.add(
        {u"dump-wire"_s},
        CommandLineStrings::tr(
            "Print the TCP conversations of the capture FILE (-: standard input) as tcpdump -S -n does, and exit"),
        u"FILE"_s);
    reader.add({u"relative"_s}, CommandLineStrings::tr("With --dump-wire: relative sequence numbers, as tcpdump -n"));
}

/// What a headless client sends, how often, and when a reply has ended.
void readTurns(OptionReader &reader, ClientOptions &options)
{
    options.noMessage = reader.isSet("no-message"_L1);
    if (options.noMessage && !options.messages.isEmpty())
        reader.fail(CommandLineStrings::tr("--no-message and a message cannot be used together"));
    reader.read("wait"_L1, CommandLineStrings::tr("milliseconds"), options.waitMs, parseMs);
    std::optional<int> rounds;
    reader.read("repeat"_L1, CommandLineStrings::tr("a number from 0"), rounds, parseMs);
    options.rounds = rounds.value_or(1);
    std::optional<int> everyMs;
    reader.read("every"_L1, CommandLineStrings::tr("milliseconds"), everyMs, parseMs);
    options.everyMs = everyMs.value_or(0);
    if (everyMs && !rounds)
        reader.fail(CommandLineStrings::tr("--every needs --repeat N"));
    if (rounds && options.noMessage)
        reader.fail(CommandLineStrings::tr("--repeat needs a message"));
    for (const auto name : {"wait"_L1, "repeat"_L1}) {
        if (reader.isSet(name) && !options.headless)
            reader.fail(CommandLineStrings::tr("--%1 takes effect only with --headless").arg(name));
    }
    if (options.noMessage && !options.headless)
        options.messages.append(TypedMessage()); // the field of the window is empty
}

void readOpen(OptionReader &reader, CommonOptions &options)
{
    const QStringList paths = reader.texts("open"_L1);
    if (paths.size() > 2)
        reader.fail(CommandLineStrings::tr("--open can put two captures together, not %1").arg(paths.size()));
    if (paths.contains(QString()))
        reader.failValue("open"_L1, CommandLineStrings::tr("a file's name"), {});
    options.openPath = paths.value(0);
    options.secondPath = paths.value(1);
}

void readCommon(OptionReader &reader, CommonOptions &options, quint16 lowestPort)
{
    reader.read("p"_L1, CommandLineStrings::tr("a port from %1 to 65535").arg(lowestPort), options.port,
                [lowestPort](const QString &text) { return Endpoint::parsePort(text, lowestPort); });
    readFraming(reader, "framing"_L1, options.framing);
    readFraming(reader, "send-framing"_L1, options.sendFraming);
    reader.read("close-delay"_L1, CommandLineStrings::tr("milliseconds or never"), options.closeDelayMs, parseDelay);
    reader.read("read-after"_L1, CommandLineStrings::tr("milliseconds or never"), options.readAfterMs, parseDelay);
    options.headless = reader.isSet("headless"_L1);
    if (reader.isSet("output"_L1)) {
        const QString format = reader.text("output"_L1);
        options.jsonl = format == "jsonl"_L1;
        if (!options.jsonl && format != "text"_L1)
            reader.failValue("output"_L1, CommandLineStrings::tr("text or jsonl"), format);
    }
    options.sessionPath = reader.text("session"_L1);
    readOpen(reader, options);
    options.exportPath = reader.text("export"_L1);
    options.dumpPath = reader.text("dump-wire"_L1);
    options.relative = reader.isSet("relative"_L1);
    options.capturePath = reader.text("capture"_L1);
    for (const auto name : {"session"_L1, "export"_L1, "dump-wire"_L1, "capture"_L1}) {
        if (reader.isSet(name) && reader.text(name).isEmpty())
            reader.failValue(name, CommandLineStrings::tr("a file's name"), {});
    }
    std::optional<int> connection;
    reader.read("connection"_L1, CommandLineStrings::tr("a number from 1"), connection, parseConnection);
    options.connection = connection.value_or(0);
    reader.read("side"_L1, CommandLineStrings::tr("client or server"), options.side, parseSide);
    if (reader.isSet("connection"_L1) && options.exportPath.isEmpty() && options.dumpPath.isEmpty())
        reader.fail(CommandLineStrings::tr("--connection needs --export FILE or --dump-wire FILE"));
    if (options.side && !options.exportPath.endsWith(".bin"_L1, Qt::CaseInsensitive))
        reader.fail(CommandLineStrings::tr("--side needs --export FILE.bin, the bytes of a connection"));
    if (!options.exportPath.isEmpty() && options.openPath.isEmpty())
        reader.fail(CommandLineStrings::tr("--export needs --open FILE, the session or capture to export"));
    if (options.relative && options.dumpPath.isEmpty())
        reader.fail(CommandLineStrings::tr("--relative needs --dump-wire FILE, the capture to print"));
    if (!options.dumpPath.isEmpty() && !options.openPath.isEmpty())
        reader.fail(CommandLineStrings::tr("--dump-wire and --open cannot be used together"));
    if (!options.capturePath.isEmpty() && !options.openPath.isEmpty())
        reader.fail(CommandLineStrings::tr("--capture captures a conversation; with --open there is none"));
    if (options.headless && !options.openPath.isEmpty() && options.exportPath.isEmpty())
        reader.fail(CommandLineStrings::tr("--open shows a file in a window; with --headless it needs --export FILE"));
}

} // namespace

CommandLine::Outcome CommandLine::parse(const QStringList &arguments, ServerOptions &options)
{
    OptionReader reader;
    reader.add({u"a"_s, u"address"_s}, CommandLineStrings::tr("Listen on ADDRESS: an IP address, localhost, or any"),
               u"ADDRESS"_s);
    reader.add({u"p"_s, u"port"_s}, CommandLineStrings::tr("Listen on PORT; 0 lets the system choose"), u"PORT"_s);
    addReplies(reader);
    reader.add({u"allow"_s}, CommandLineStrings::tr("Accept only peers in SUBNET; may be given several times"),
               u"SUBNET"_s);
    reader.add({u"once"_s},
               CommandLineStrings::tr("With --headless: accept one connection, and exit when it has ended"));
    LinkOptions::add(reader);
    addCommon(reader, true);
    if (const QString text = reader.parse(arguments, CommandLineStrings::tr("The server of TCP Steps"), "link"_L1);
        !text.isEmpty())
        return {text, 0};

    readCommon(reader, options, 0);
    reader.read("a"_L1, CommandLineStrings::tr("an IP address, localhost or any"), options.address,
                Endpoint::parseListenAddress);
    reader.read("reply-delay"_L1, CommandLineStrings::tr("milliseconds"), options.replyDelayMs, parseMs);
    if (reader.isSet("r"_L1) && reader.isSet("reply-file"_L1))
        reader.fail(CommandLineStrings::tr("-r and --reply-file cannot be used together"));
    if (const auto replies = MessageOptions::read(reader, "r"_L1, "reply-file"_L1); !replies.isEmpty())
        options.reply = replies.constLast();
    if (options.reply && !isEmpty(*options.reply))
        checkMessage(reader, "r"_L1, "reply-file"_L1, *options.reply, options);
    readReplies(reader, options);
    options.network = LinkOptions::readNetwork(reader);
    options.command = LinkOptions::readCommand(reader);
    for (const QString &text : reader.texts("allow"_L1)) {
        if (const auto subnet = Endpoint::parseSubnet(text))
            options.allowed.append(*subnet);
        else
            reader.failValue("allow"_L1, CommandLineStrings::tr("a subnet as 192.168.1.0/24"), text);
    }
    options.begin = reader.isSet("start"_L1);
    options.once = reader.isSet("once"_L1);
    if (options.once && !options.headless)
        reader.fail(CommandLineStrings::tr("--once takes effect only with --headless"));
    return {reader.error(), reader.status()};
}

CommandLine::Outcome CommandLine::parse(const QStringList &arguments, ClientOptions &options)
{
    OptionReader reader;
    reader.add({u"H"_s, u"host"_s}, CommandLineStrings::tr("Connect to HOST, a name or an IP address"), u"HOST"_s);
    reader.add({u"p"_s, u"port"_s}, CommandLineStrings::tr("Connect to PORT"), u"PORT"_s);
    ConnectionOptions::add(reader);
    reader.add({u"m"_s, u"message"_s},
               CommandLineStrings::tr("Send MESSAGE; may be given several times, each waits for a reply"),
               u"MESSAGE"_s);
    MessageOptions::add(reader, u"message-file"_s,
                        CommandLineStrings::tr("Send the bytes of FILE as a message (-: standard input); with "
                                               "--framing none of any size"));
    reader.add({u"no-message"_s}, CommandLineStrings::tr("Connect without sending"));
    reader.add({u"wait"_s},
               CommandLineStrings::tr("With --headless: a reply has ended after MS without another message (1000 with "
                                      "--framing none and with --no-message)"),
               u"MS"_s);
    reader.add({u"repeat"_s},
               CommandLineStrings::tr("With --headless: send all messages N times on one connection; 0: until stopped"),
               u"N"_s);
    reader.add({u"every"_s}, CommandLineStrings::tr("With --repeat: begin again every MS, or after the last reply"),
               u"MS"_s);
    reader.add({u"finish-sending"_s}, CommandLineStrings::tr("Half-close after the last message: FIN follows it"));
    reader.add({u"close-after-reply"_s}, CommandLineStrings::tr("Close after the last reply (headless: always)"));
    reader.add({u"close-with"_s}, CommandLineStrings::tr("Close with fin or reset"), u"fin|reset"_s);
    reader.add({u"timeout"_s},
               CommandLineStrings::tr("Timeout for connecting, for a reply and for an acknowledgement; 0: none"),
               u"MS"_s);
    addCommon(reader, false);
    if (const QString text = reader.parse(arguments, CommandLineStrings::tr("The client of TCP Steps"));
        !text.isEmpty())
        return {text, 0};

    readCommon(reader, options, 1);
    reader.read("H"_L1, CommandLineStrings::tr("a host's name or IP address"), options.host, [](const QString &text) {
        return text.trimmed().isEmpty() ? std::nullopt : std::optional(text.trimmed());
    });
    options.ConnectionOptions::read(reader);
    reader.read("timeout"_L1, CommandLineStrings::tr("milliseconds"), options.timeoutMs, parseMs);
    options.messages = MessageOptions::read(reader, "m"_L1, "message-file"_L1);
    for (const TypedMessage &message : std::as_const(options.messages))
        checkMessage(reader, "m"_L1, "message-file"_L1, message, options);
    readTurns(reader, options);
    options.finishSending = reader.isSet("finish-sending"_L1);
    options.closeAfterReply = reader.isSet("close-after-reply"_L1);
    if (reader.isSet("close-with"_L1)) {
        const QString how = reader.text("close-with"_L1);
        options.closeWithReset = how == "reset"_L1;
        if (!options.closeWithReset && how != "fin"_L1)
            reader.failValue("close-with"_L1, CommandLineStrings::tr("fin or reset"), how);
    }
    options.begin = reader.isSet("connect"_L1);
    return {reader.error(), reader.status()};
}
