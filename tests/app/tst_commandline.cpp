// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "app/commandline.h"
#include "conversation/connection.h"
#include "support/registertest.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <limits>

class TestCommandLine : public QObject
{
    Q_OBJECT

private slots:
    void serverOptions();
    void linkOptions();
    void clientOptions();
    void messages();
    void messageFiles();
    void turns();
    void reply();
    void readAfter();
    void dumpWire();
    void nothingGiven();
    void wrong_data();
    void wrong();
    void help();
    void version();
};

void TestCommandLine::serverOptions()
{
    ServerOptions options;
    const auto outcome = CommandLine::parse({"server_gui", "-a",        "::1",           "-p",         "0",
                                             "-r",         "",          "--reply-delay", "250",        "--close-delay",
                                             "never",      "--framing", "newline",       "--allow",    "127.0.0.0/8",
                                             "--allow",    "::1",       "--start",       "--headless", "--once",
                                             "--output",   "jsonl",     "--session",     "a.jsonl"},
                                            options);
    QVERIFY2(outcome.text.isEmpty(), qPrintable(outcome.text));
    QCOMPARE(*options.address, QHostAddress("::1"));
    QCOMPARE(*options.port, 0);
    QCOMPARE(options.reply, TypedMessage());
    QCOMPARE(*options.replyDelayMs, 250);
    QCOMPARE(*options.closeDelayMs, ConnectionSettings::never);
    QCOMPARE(*options.framing, Framing::Newline);
    QCOMPARE(options.allowed.size(), 2);
    QVERIFY(options.begin && options.headless && options.once && options.jsonl);
    QCOMPARE(options.sessionPath, "a.jsonl");
}

void TestCommandLine::linkOptions()
{
    ServerOptions options;
    const QStringList command{"sh", "-c", "exit", "--headless", "--export", "a.svg"};
    const QStringList arguments = QStringList{"server_gui", "--link", "--network", "loss 2%; seed 7", "--"} + command;
    const auto outcome = CommandLine::parse(arguments, options);
    QVERIFY2(outcome.text.isEmpty(), qPrintable(outcome.text));
    QCOMPARE(options.command, command);
    QVERIFY(!options.headless && options.exportPath.isEmpty());
    QCOMPARE(options.network.size(), 2);
    QCOMPARE(options.network.constLast().seed, 7U);
}

void TestCommandLine::clientOptions()
{
    ClientOptions options;
    const auto outcome =
        CommandLine::parse({"client_gui", "-H", "localhost", "-p", "8701", "-m", "one", "-m", "zwölf", "--close-with",
                            "reset", "--close-after-reply", "--timeout", "0", "--connect"},
                           options);
    QVERIFY2(outcome.text.isEmpty(), qPrintable(outcome.text));
    QCOMPARE(*options.host, "localhost");
    QCOMPARE(*options.port, 8701);
    QCOMPARE(options.messages, (QList<TypedMessage>{{.text = "one"}, {.text = "zwölf"}}));
    QVERIFY(options.closeWithReset && options.closeAfterReply && options.begin && !options.headless);
    QCOMPARE(*options.timeoutMs, 0);
}

void TestCommandLine::messages()
{
    ClientOptions escapes;
    QVERIFY(CommandLine::parse({"client_gui", "-m", "a\\n", "--escapes", "--message", "{counter}"}, escapes)
                .text.isEmpty());
    QCOMPARE(escapes.messages, (QList<TypedMessage>{{.text = "a\\n", .form = MessageForm::Escapes},
                                                    {.text = "{counter}", .form = MessageForm::Escapes}}));
    ClientOptions hex;
    QVERIFY(CommandLine::parse({"client_gui", "--hex", "-m", "02 03"}, hex).text.isEmpty());
    QCOMPARE(hex.messages, (QList<TypedMessage>{{.text = "02 03", .form = MessageForm::Hex}}));
}

/// They are sent in the order of the command line, whatever else is on it.
void TestCommandLine::messageFiles()
{
    QTemporaryDir folder;
    const QString path = folder.filePath("message.bin");
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write("\\n\0\xff", 4), 4);
    file.close();
    ClientOptions options;
    const auto outcome = CommandLine::parse(
        {"client_gui", "-m", "one", "-H", "one", "--message-file", path, "--message=three", "--session", "one"},
        options);
    QVERIFY2(outcome.text.isEmpty(), qPrintable(outcome.text));
    const TypedMessage ofFile{.text = path, .form = MessageForm::File, .content = QByteArray("\\n\0\xff", 4)};
    QCOMPARE(options.messages, (QList<TypedMessage>{{.text = "one"}, ofFile, {.text = "three"}}));

    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.resize(TypedMessage::maxBytes));
    QVERIFY(CommandLine::parse({"client_gui", "--message-file", path}, options).text.isEmpty());
    QVERIFY(file.resize(TypedMessage::maxBytes + 1));
    const auto status1 = [](const QStringList &arguments) {
        ClientOptions unread;
        const auto answer = CommandLine::parse(arguments, unread);
        return answer.status == 1 ? answer.text : QString("status %1").arg(answer.status);
    };
    QCOMPARE(CommandLine::parse({"client_gui", "-m"}, options).status, 2); // an option without its value
    ClientOptions large;
    QCOMPARE(CommandLine::parse({"client_gui", "--message-file", path}, large).text,
             "--message-file: A file of more than 16 MiB can only be sent with the framing “none”.");
    QVERIFY(CommandLine::parse({"client_gui", "--framing", "none", "--message-file", path}, large).text.isEmpty());
    QCOMPARE(large.messages.constLast().streamedBytes, TypedMessage::maxBytes + 1);
    QCOMPARE(status1({"client_gui", "--message-file", ""}), "--message-file: cannot read '': it has no name");
    QCOMPARE(status1({"client_gui", "--message-file", "/"}),
             "--message-file: cannot read '/': it is a folder, not a file");
}

void TestCommandLine::turns()
{
    ClientOptions ends;
    QVERIFY(CommandLine::parse({"client_gui", "--from", "[::1]:5000", "-6"}, ends).text.isEmpty());
    QCOMPARE(Endpoint::text(ends.from.value()), "[::1]:5000");
    QCOMPARE(ends.ipVersion, QAbstractSocket::IPv6Protocol);
    ClientOptions socket;
    QVERIFY(CommandLine::parse({"client_gui", "-4", "-6", "--reconnect", "250", "--nagle", "--keep-alive", "60, 10,5",
                                "--send-buffer", "64K", "--receive-buffer", "1m"},
                               socket)
                .text.isEmpty());
    QCOMPARE(socket.ipVersion, QAbstractSocket::AnyIPProtocol);
    QCOMPARE(socket.reconnectMs, 250);
    QCOMPARE(socket.hasNoDelay, false);
    QCOMPARE(socket.keepAlive, (SocketOptions::KeepAlive{.idleSeconds = 60, .intervalSeconds = 10, .probes = 5}));
    QCOMPARE(socket.sendBufferBytes, 64 * 1024);
    QCOMPARE(socket.receiveBufferBytes, 1024 * 1024);
    ClientOptions options;
    const auto outcome = CommandLine::parse(
        {"client_gui", "--headless", "-m", "a", "--repeat", "0", "--every", "250", "--wait", "50"}, options);
    QVERIFY2(outcome.text.isEmpty(), qPrintable(outcome.text));
    QCOMPARE(options.rounds, 0);
    QCOMPARE(options.everyMs, 250);
    QCOMPARE(options.waitMs, 50);
    QVERIFY(!options.noMessage);
    ClientOptions headless;
    QVERIFY(CommandLine::parse({"client_gui", "--headless", "--no-message"}, headless).text.isEmpty());
    QVERIFY(headless.noMessage && headless.messages.isEmpty());
    ClientOptions window;
    QVERIFY(CommandLine::parse({"client_gui", "--no-message", "--connect"}, window).text.isEmpty());
    QCOMPARE(window.messages, QList<TypedMessage>{{}});
}

void TestCommandLine::reply()
{
    ServerOptions options;
    QVERIFY(CommandLine::parse({"server_gui", "--hex", "-r", "41{crc32}"}, options).text.isEmpty());
    QCOMPARE(options.reply, (TypedMessage{.text = "41{crc32}", .form = MessageForm::Hex}));
    QCOMPARE(CommandLine::parse({"server_gui", "--reply-file", "/dev/null"}, options).status, 1);
}

void TestCommandLine::dumpWire()
{
    ServerOptions server;
    QVERIFY(CommandLine::parse({"server_gui", "--dump-wire", "a.pcap"}, server).text.isEmpty());
    QCOMPARE(server.dumpPath, "a.pcap");
    QVERIFY(!server.relative);
    ClientOptions client;
    QVERIFY(CommandLine::parse({"client_gui", "--relative", "--dump-wire", "a.pcapng"}, client).text.isEmpty());
    QCOMPARE(client.dumpPath, "a.pcapng");
    QVERIFY(client.relative);
}

void TestCommandLine::readAfter()
{
    ServerOptions server;
    QVERIFY(CommandLine::parse({"server_gui", "--read-after", "never"}, server).text.isEmpty());
    QCOMPARE(server.readAfterMs, ConnectionSettings::never);
    ClientOptions client;
    QVERIFY(CommandLine::parse({"client_gui", "--read-after", "2147483647"}, client).text.isEmpty());
    QCOMPARE(client.readAfterMs, std::numeric_limits<int>::max());
    QVERIFY(CommandLine::parse({"client_gui", "--read-after", "0"}, client).text.isEmpty());
    QCOMPARE(client.readAfterMs, 0);
}

void TestCommandLine::nothingGiven()
{
    ServerOptions options;
    QVERIFY(CommandLine::parse({"server_gui"}, options).text.isEmpty());
    QVERIFY(!options.readAfterMs);
    QVERIFY(!options.address && !options.port && !options.reply && !options.closeDelayMs && !options.framing);
    QVERIFY(!options.begin && !options.headless && !options.jsonl);
}

void TestCommandLine::wrong_data()
{
    QTest::addColumn<bool>("server");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("text");

    QTest::newRow("port out of range") << true << QStringList{"-p", "65536"}
                                       << "-p takes a port from 0 to 65535, not '65536'";
    QTest::newRow("port no number") << true << QStringList{"-p", "http"}
                                    << "-p takes a port from 0 to 65535, not 'http'";
    QTest::newRow("port 0 to connect to")
        << false << QStringList{"-p", "0"} << "-p takes a port from 1 to 65535, not '0'";
    QTest::newRow("address") << true << QStringList{"-a", "nowhere"}
                             << "-a takes an IP address, localhost or any, not 'nowhere'";
    QTest::newRow("empty host") << false << QStringList{"-H", " "} << "-H takes a host's name or IP address, not ' '";
    QTest::newRow("framing") << true << QStringList{"--framing", "tab"}
                             << "--framing 'tab': A message ends with nul, newline, crlf, none, end:HEX, "
                                "between:HEX,HEX, fixed:BYTES, length:PREFIX or silence:MS.";
    QTest::newRow("delay") << true << QStringList{"--reply-delay", "-1"}
                           << "--reply-delay takes milliseconds, not '-1'";
    QTest::newRow("close delay") << false << QStringList{"--close-delay", "soon"}
                                 << "--close-delay takes milliseconds or never, not 'soon'";
    QTest::newRow("read after") << true << QStringList{"--read-after", "-5"}
                                << "--read-after takes milliseconds or never, not '-5'";
    QTest::newRow("read after too long") << false << QStringList{"--read-after", "2147483648"}
                                         << "--read-after takes milliseconds or never, not '2147483648'";
    QTest::newRow("subnet") << true << QStringList{"--allow", "lan"}
                            << "--allow takes a subnet as 192.168.1.0/24, not 'lan'";
    QTest::newRow("output") << true << QStringList{"--output", "xml"} << "--output takes text or jsonl, not 'xml'";
    QTest::newRow("close with") << false << QStringList{"--close-with", "syn"}
                                << "--close-with takes fin or reset, not 'syn'";
    QTest::newRow("escaped in the answer")
        << true << QStringList{"-p", "1\n2"} << "-p takes a port from 0 to 65535, not '1\\n2'";
    QTest::newRow("what is no option, escaped in the answer")
        << true << QStringList{"a\nb\u202e"} << "unexpected argument 'a\\nb\\u202e'";
    QTest::newRow("an unknown option, escaped in the answer")
        << false << QStringList{"--\x1b[31m\nconnected"} << "Unknown option '\\x1b[31m\\nconnected'.";
    QTest::newRow("once with a window") << true << QStringList{"--once"} << "--once takes effect only with --headless";
    QTest::newRow("export of nothing") << true << QStringList{"--export", "a.txt"}
                                       << "--export needs --open FILE, the session or capture to export";
    QTest::newRow("an end marker in words")
        << false << QStringList{"--send-framing", "end:ETX"}
        << "--send-framing 'end:ETX': An end marker is 1 to 16 bytes in hexadecimal digits, such as 03 or 0d0a2e0d0a.";
    QTest::newRow("a message of another size") << false << QStringList{"--framing", "fixed:2", "-m", "abc"}
                                               << "-m: The message has 3 bytes, and every message has to have 2 "
                                                  "bytes.";
    QTest::newRow("a reply that is too long for its prefix")
        << true << QStringList{"--framing", "nul", "--send-framing", "length:1", "-r", QString(256, u'x')}
        << "-r: The message has 256 bytes: its length prefix would have to be 256, and can be 255 at most.";
    QTest::newRow("escape") << false << QStringList{"--escapes", "-m", "a\\q"}
                            << "-m: character 2 of 'a\\q': A backslash begins \\n, \\r, \\t, \\0, \\xNN or \\u{…}. "
                               "A backslash as such is typed as \\\\.";
    QTest::newRow("half a byte") << true << QStringList{"-r", "02 4", "--hex"}
                                 << "-r: character 4 of '02 4': A byte has two hexadecimal digits.";
    QTest::newRow("computed field") << false << QStringList{"--hex", "-m", "02{length:3be}"}
                                    << "-m: character 3 of '02{length:3be}': A length or counter takes a number of "
                                       "bytes and their order, as 2be or 4le, or hex, or what is added, as +2; not "
                                       "“3be”.";
    QTest::newRow("a message and none") << false << QStringList{"--no-message", "-m", "a"}
                                        << "--no-message and a message cannot be used together";
    QTest::newRow("pauses without rounds")
        << false << QStringList{"--headless", "--every", "100"} << "--every needs --repeat N";
    QTest::newRow("rounds of nothing") << false << QStringList{"--headless", "--no-message", "--repeat", "2"}
                                       << "--repeat needs a message";
    QTest::newRow("rounds") << false << QStringList{"--headless", "--repeat", "-1"}
                            << "--repeat takes a number from 0, not '-1'";
    QTest::newRow("rounds in a window") << false << QStringList{"--repeat", "2"}
                                        << "--repeat takes effect only with --headless";
    QTest::newRow("silence in a window") << false << QStringList{"--wait", "2"}
                                         << "--wait takes effect only with --headless";
    QTest::newRow("from") << false << QStringList{"--from", "localhost:5000"}
                          << "--from takes an address, address:port or :port of this machine, not 'localhost:5000'";
    QTest::newRow("two replies") << true << QStringList{"-r", "a", "--reply-file", "/etc/hostname"}
                                 << "-r and --reply-file cannot be used together";
    QTest::newRow("two forms") << true << QStringList{"--hex", "--escapes"}
                               << "--escapes and --hex cannot be used together";
    QTest::newRow("relative numbers of nothing")
        << false << QStringList{"--relative"} << "--relative needs --dump-wire FILE, the capture to print";
    QTest::newRow("dump of no file") << true << QStringList{"--dump-wire", ""}
                                     << "--dump-wire takes a file's name, not ''";
    QTest::newRow("dump and open") << true << QStringList{"--dump-wire", "a.pcap", "--open", "a.jsonl"}
                                   << "--dump-wire and --open cannot be used together";
    QTest::newRow("three captures") << true << QStringList{"--open", "a.pcap", "--open", "b.pcap", "--open", "c.pcap"}
                                    << "--open can put two captures together, not 3";
    QTest::newRow("a second capture without a name")
        << false << QStringList{"--open", "a.pcap", "--open", ""} << "--open takes a file's name, not ''";
    QTest::newRow("open without a window") << true << QStringList{"--headless", "--open", "a.jsonl"}
                                           << "--open shows a file in a window; with --headless it needs --export FILE";
    QTest::newRow("an empty message without a terminator")
        << false << QStringList{"--framing", "none", "-m", ""}
        << "-m: An empty message without a terminator has no bytes to send.";
    QTest::newRow("a network without its program")
        << true << QStringList{"--network", "loss 2%"} << "--network needs --link";
    QTest::newRow("a link without a command")
        << true << QStringList{"--link"} << "--link needs a command, as in --link -- COMMAND";
    QTest::newRow("a link at the client") << false << QStringList{"--link", "--", "true"} << "Unknown option 'link'.";
    QTest::newRow("rules") << true << QStringList{"--link", "--network", "seed x", "--", "true"}
                           << "--network: “seed x”: “seed” takes a whole number: “seed 7”.";
    QTest::newRow("no option") << true << QStringList{"8700"} << "unexpected argument '8700'";
}

void TestCommandLine::wrong()
{
    QFETCH(const bool, server);
    QFETCH(const QStringList, arguments);
    ServerOptions serverOptions;
    ClientOptions clientOptions;
    const auto outcome = server ? CommandLine::parse(QStringList{"server_gui"} + arguments, serverOptions)
                                : CommandLine::parse(QStringList{"client_gui"} + arguments, clientOptions);
    QTEST(outcome.text, "text");
    QCOMPARE(outcome.status, 2);
}

void TestCommandLine::help()
{
    ServerOptions options;
    const auto unknown = CommandLine::parse({"server_gui", "--nonsense"}, options);
    QCOMPARE(unknown.status, 2);
    QVERIFY(unknown.text.contains("nonsense") && !unknown.text.contains('\n'));
    const auto missing = CommandLine::parse({"server_gui", "-p"}, options);
    QCOMPARE(missing.status, 2);
    QVERIFY(missing.text.contains("'-p'"));
    const auto help = CommandLine::parse({"server_gui", "--help"}, options);
    QCOMPARE(help.status, 0);
    for (const char *option : {"--address", "--reply-delay", "--close-delay", "--framing", "--allow", "--start",
                               "--once", "--output", "--session", "--open", "--export", "--dump-wire", "--relative"})
        QVERIFY2(help.text.contains(option), option);
}

void TestCommandLine::version()
{
    ServerOptions options;
    const auto version = CommandLine::parse({"server_gui", "--version"}, options);
    QCOMPARE(version.status, 0);
    static const QRegularExpression form("^TCP Steps [0-9]+\\.[0-9]+\\.[0-9]+(, commit [0-9a-f]{12})?, Qt ([0-9.]+)$");
    const auto match = form.match(version.text);
    QVERIFY2(match.hasMatch(), qPrintable(version.text));
    QCOMPARE(match.captured(2), QString(qVersion()));
}

REGISTER_TEST(TestCommandLine)
#include "tst_commandline.moc"
