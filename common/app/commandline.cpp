// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "commandline.h"

#include "conversation/connection.h"
#include "conversation/framer.h"
#include "steps/steptext.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

struct CommandLineStrings {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

/// Reads options one after the other; the first wrong value sets error(), and the rest is ignored.
class Reader
{
public:
    void add(const QStringList &names, const QString &description, const QString &value = {})
    {
        m_parser.addOption(QCommandLineOption(names, description, value));
    }

    CommandLine::Outcome parse(const QStringList &arguments, const QString &description)
    {
        m_parser.setApplicationDescription(description);
        m_parser.setOptionsAfterPositionalArgumentsMode(QCommandLineParser::ParseAsOptions);
        add({u"h"_s, u"help"_s}, CommandLineStrings::tr("Print this help"));
        add({u"v"_s, u"version"_s}, CommandLineStrings::tr("Print the version"));
        if (!m_parser.parse(arguments))
            fail(m_parser.errorText());
        else if (isSet("help"_L1))
            return {m_parser.helpText().trimmed(), 0};
        else if (isSet("version"_L1))
            return {u"TCP Steps %1"_s.arg(QCoreApplication::applicationVersion()), 0};
        else if (!m_parser.positionalArguments().isEmpty())
            fail(CommandLineStrings::tr("unexpected argument '%1'").arg(m_parser.positionalArguments().constFirst()));
        return outcome();
    }

    CommandLine::Outcome outcome() const { return {m_error, m_error.isEmpty() ? 0 : 2}; }

    bool isSet(QLatin1StringView name) const { return m_parser.isSet(QString(name)); }
    QString text(QLatin1StringView name) const { return m_parser.value(QString(name)); }
    QStringList texts(QLatin1StringView name) const { return m_parser.values(QString(name)); }

    /// toValue returns a std::optional; takes describes the values that the option takes.
    template<typename T, typename Parse>
    void read(QLatin1StringView name, const QString &takes, std::optional<T> &to, Parse toValue)
    {
        if (!isSet(name))
            return;
        to = toValue(text(name));
        if (!to)
            failValue(name, takes, text(name));
    }

    void failValue(QLatin1StringView name, const QString &takes, const QString &value)
    {
        const QString option = (name.size() == 1 ? u"-"_s : u"--"_s) + name;
        fail(CommandLineStrings::tr("%1 takes %2, not '%3'").arg(option, takes, value));
    }

    /// The sentence may contain what the user typed, and yet is one line.
    void fail(const QString &error)
    {
        if (m_error.isEmpty())
            m_error = StepText::escaped(error.toUtf8()).text;
    }

private:
    QCommandLineParser m_parser;
    QString m_error;
};

std::optional<int> parseMs(const QString &text)
{
    bool isNumber = false;
    const int ms = text.toInt(&isNumber);
    return isNumber && ms >= 0 ? std::optional(ms) : std::nullopt;
}

std::optional<int> parseCloseDelay(const QString &text)
{
    return text == "never"_L1 ? std::optional(ConnectionSettings::never) : parseMs(text);
}

void readFraming(Reader &reader, QLatin1StringView name, std::optional<Framing> &framing)
{
    if (!reader.isSet(name))
        return;
    QString error;
    framing = Framing::parse(reader.text(name), &error);
    if (!framing)
        reader.fail(CommandLineStrings::tr("--%1 '%2': %3").arg(name, reader.text(name), error));
}

/// Reports a message that cannot be sent.
void checkMessage(Reader &reader, QLatin1StringView name, const QByteArray &message, const CommonOptions &options)
{
    const auto framing = options.sendFraming ? options.sendFraming : options.framing;
    const QString refusal = framing ? Framer::refusal(message, *framing) : QString();
    if (!refusal.isEmpty())
        reader.fail(CommandLineStrings::tr("-%1 '%2': %3").arg(name, QString::fromUtf8(message), refusal));
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

void addCommon(Reader &reader, bool isServer)
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
    reader.add({isServer ? u"start"_s : u"connect"_s}, isServer ? CommandLineStrings::tr("Start the server at once")
                                                                : CommandLineStrings::tr("Connect and send at once"));
    reader.add({u"headless"_s}, CommandLineStrings::tr("Run without a window and print the steps"));
    reader.add({u"output"_s}, CommandLineStrings::tr("Print steps as text or jsonl (JSON Lines, with all events)"),
               u"FORMAT"_s);
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

void readOpen(Reader &reader, CommonOptions &options)
{
    const QStringList paths = reader.texts("open"_L1);
    if (paths.size() > 2)
        reader.fail(CommandLineStrings::tr("--open can put two captures together, not %1").arg(paths.size()));
    if (paths.contains(QString()))
        reader.failValue("open"_L1, CommandLineStrings::tr("a file's name"), {});
    options.openPath = paths.value(0);
    options.secondPath = paths.value(1);
}

void readCommon(Reader &reader, CommonOptions &options, quint16 lowestPort)
{
    reader.read("p"_L1, CommandLineStrings::tr("a port from %1 to 65535").arg(lowestPort), options.port,
                [lowestPort](const QString &text) { return Endpoint::parsePort(text, lowestPort); });
    readFraming(reader, "framing"_L1, options.framing);
    readFraming(reader, "send-framing"_L1, options.sendFraming);
    reader.read("close-delay"_L1, CommandLineStrings::tr("milliseconds or never"), options.closeDelayMs,
                parseCloseDelay);
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
    Reader reader;
    reader.add({u"a"_s, u"address"_s}, CommandLineStrings::tr("Listen on ADDRESS: an IP address, localhost, or any"),
               u"ADDRESS"_s);
    reader.add({u"p"_s, u"port"_s}, CommandLineStrings::tr("Listen on PORT; 0 lets the system choose"), u"PORT"_s);
    reader.add({u"r"_s, u"reply"_s}, CommandLineStrings::tr("Reply to each message with REPLY; empty: no reply"),
               u"REPLY"_s);
    reader.add({u"reply-delay"_s}, CommandLineStrings::tr("Delay between a message and its reply"), u"MS"_s);
    reader.add({u"allow"_s}, CommandLineStrings::tr("Accept only peers in SUBNET; may be given several times"),
               u"SUBNET"_s);
    reader.add({u"once"_s},
               CommandLineStrings::tr("With --headless: accept one connection, and exit when it has ended"));
    addCommon(reader, true);
    if (const Outcome outcome = reader.parse(arguments, CommandLineStrings::tr("The server of TCP Steps"));
        !outcome.text.isEmpty())
        return outcome;

    readCommon(reader, options, 0);
    reader.read("a"_L1, CommandLineStrings::tr("an IP address, localhost or any"), options.address,
                Endpoint::parseListenAddress);
    reader.read("reply-delay"_L1, CommandLineStrings::tr("milliseconds"), options.replyDelayMs, parseMs);
    if (reader.isSet("r"_L1))
        options.reply = reader.text("r"_L1).toUtf8();
    if (options.reply && !options.reply->isEmpty())
        checkMessage(reader, "r"_L1, *options.reply, options);
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
    return reader.outcome();
}

CommandLine::Outcome CommandLine::parse(const QStringList &arguments, ClientOptions &options)
{
    Reader reader;
    reader.add({u"H"_s, u"host"_s}, CommandLineStrings::tr("Connect to HOST, a name or an IP address"), u"HOST"_s);
    reader.add({u"p"_s, u"port"_s}, CommandLineStrings::tr("Connect to PORT"), u"PORT"_s);
    reader.add({u"m"_s, u"message"_s},
               CommandLineStrings::tr("Send MESSAGE; may be given several times, each waits for a reply"),
               u"MESSAGE"_s);
    reader.add({u"close-after-reply"_s}, CommandLineStrings::tr("Close after the last reply (headless: always)"));
    reader.add({u"close-with"_s}, CommandLineStrings::tr("Close with fin or reset"), u"HOW"_s);
    reader.add({u"timeout"_s},
               CommandLineStrings::tr("Timeout for connecting, for a reply and for an acknowledgement; 0: none"),
               u"MS"_s);
    addCommon(reader, false);
    if (const Outcome outcome = reader.parse(arguments, CommandLineStrings::tr("The client of TCP Steps"));
        !outcome.text.isEmpty())
        return outcome;

    readCommon(reader, options, 1);
    reader.read("H"_L1, CommandLineStrings::tr("a host's name or IP address"), options.host, [](const QString &text) {
        return text.trimmed().isEmpty() ? std::nullopt : std::optional(text.trimmed());
    });
    reader.read("timeout"_L1, CommandLineStrings::tr("milliseconds"), options.timeoutMs, parseMs);
    for (const QString &message : reader.texts("m"_L1))
        options.messages.append(message.toUtf8());
    for (const QByteArray &message : std::as_const(options.messages))
        checkMessage(reader, "m"_L1, message, options);
    options.closeAfterReply = reader.isSet("close-after-reply"_L1);
    if (reader.isSet("close-with"_L1)) {
        const QString how = reader.text("close-with"_L1);
        options.closeWithReset = how == "reset"_L1;
        if (!options.closeWithReset && how != "fin"_L1)
            reader.failValue("close-with"_L1, CommandLineStrings::tr("fin or reset"), how);
    }
    options.begin = reader.isSet("connect"_L1);
    return reader.outcome();
}
