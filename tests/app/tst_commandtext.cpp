// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "app/commandtext.h"
#include "conversation/connection.h"
#include "conversation/framer.h"
#include "support/rawpeer.h"
#include "support/registertest.h"
#include "support/skip.h"

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

/// What is copied as a command is run by a shell, and sends the same bytes.
class TestCommandText : public QObject
{
    Q_OBJECT
private slots:
    void quotes_data();
    void quotes();
    void runs_data();
    void runs();
    void aFile();
    void connects();
    void readsLater();
    void closesWithReset();
};

REGISTER_TEST(TestCommandText)

Q_DECLARE_METATYPE(TypedMessage)

namespace {

QByteArray received(RawPeer &listener, const QString &command)
{
    QProcess shell;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("PATH", QFileInfo(CLIENT_GUI).path() + ':' + environment.value("PATH"));
    shell.setProcessEnvironment(environment);
    shell.start("sh", {"-c", command});
    RawPeer peer = listener.accept();
    [&peer, &shell] { // the client waits for a reply, and netcat for FIN
        QTRY_VERIFY(!peer.received().isEmpty());
        peer.send(QByteArray("ok\0", 3));
        peer.finishSending();
        QTRY_VERIFY(peer.sawEnd());
        QTRY_COMPARE(shell.state(), QProcess::NotRunning);
    }();
    return peer.received();
}

} // namespace

void TestCommandText::quotes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("quoted");
    QTest::newRow("nothing") << ""
                             << "''";
    QTest::newRow("word") << "127.0.0.1"
                          << "127.0.0.1";
    QTest::newRow("blank") << "a b"
                           << "'a b'";
    QTest::newRow("quotation mark") << "I'm"
                                    << "'I'\\''m'";
    QTest::newRow("dollar") << "$HOME"
                            << "'$HOME'";
    QTest::newRow("not ASCII") << "é"
                               << "'é'";
}

void TestCommandText::quotes()
{
    QFETCH(const QString, text);
    QTEST(CommandText::quoted(text), "quoted");
}

void TestCommandText::runs_data()
{
    QTest::addColumn<TypedMessage>("message");
    QTest::addColumn<Framing>("framing");
    const auto row = [](const char *name, const TypedMessage &message, Framing framing = Framing::Nul) {
        QTest::newRow(name) << message << framing;
    };
    row("the original", {.text = "Hi, server! I'm client."});
    row("what a shell reads", {.text = "-n $HOME `id` \\ \"%s\" 100% 'x'"});
    row("lines", {.text = "a\nb"});
    row("lines with CR LF", {.text = "GET / HTTP/1.0\n\n", .hasCrLf = true}, Framing::None);
    row("newline at the end", {.text = "MEAS?"}, Framing::Newline);
    row("UTF-8", {.text = "grüße"});
    row("Latin-1", {.text = "grüße", .encoding = TypedMessage::Encoding::Latin1});
    row("escapes", {.text = "a\\x00\\xff{{\\\\", .form = MessageForm::Escapes}, Framing::None);
    row("escapes in Latin-1",
        {.text = "é{crc32}\\xe9", .form = MessageForm::Escapes, .encoding = TypedMessage::Encoding::Latin1});
    row("fields and CR LF", {.text = "é{xor8:hex}\n", .form = MessageForm::Escapes, .hasCrLf = true});
    row("hex", {.text = "02 41,0x42{crc16-modbus}", .form = MessageForm::Hex}, Framing::None);
    row("bytes", TypedMessage::ofBytes(QByteArray("a\0\xff%\\'{\r\n", 9)), Framing::None);
}

void TestCommandText::runs()
{
    QFETCH(const TypedMessage, message);
    QFETCH(const Framing, framing);
    if (QStandardPaths::findExecutable("nc").isEmpty())
        SKIP_OR_FAIL(QString("nc is not installed (scripts/setup --tests does)"));
    RawPeer listener = RawPeer::listener();
    const CommandText::Sending sending{
        .host = "127.0.0.1", .port = listener.port(), .message = message, .framing = framing};
    const QByteArray expected = Framer::framed(message.read().message.fill({}), framing);
    QCOMPARE(received(listener, CommandText::client(sending)), expected);
    QCOMPARE(received(listener, CommandText::netcat(sending, {})), expected);
}

void TestCommandText::aFile()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath("it's a file"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("\x02hello");
    file.close();
    RawPeer listener = RawPeer::listener();
    const CommandText::Sending sending{
        .host = "127.0.0.1",
        .port = listener.port(),
        .message = {.text = file.fileName(), .form = MessageForm::File, .content = "\x02hello"}};
    QCOMPARE(received(listener, CommandText::client(sending)), QByteArray("\x02hello\0", 7));
}

/// How to connect is a part of the command, and both programs take it.
void TestCommandText::connects()
{
    RawPeer listener = RawPeer::listener();
    CommandText::Sending sending{.host = "127.0.0.1",
                                 .port = listener.port(),
                                 .message = {.text = "Hi"},
                                 .from = {.address = QHostAddress("127.0.0.2")},
                                 .ipVersion = QAbstractSocket::IPv4Protocol,
                                 .reconnectMs = 500,
                                 .socket = {.hasNoDelay = false,
                                            .keepAlive = SocketOptions::KeepAlive(),
                                            .sendBufferBytes = 8192,
                                            .receiveBufferBytes = 16384}};
    QCOMPARE(CommandText::client(sending),
             QString("client_gui --headless -H 127.0.0.1 -p %1 --from 127.0.0.2 -4 --reconnect 500 --nagle "
                     "--keep-alive 60,10,5 --send-buffer 8192 --receive-buffer 16384 --message=Hi")
                 .arg(listener.port()));
    QCOMPARE(CommandText::netcat(sending, {}),
             QString("printf 'Hi\\000' | nc -N -4 -s 127.0.0.2 127.0.0.1 %1").arg(listener.port()));
    QCOMPARE(received(listener, CommandText::client(sending)), QByteArray("Hi\0", 3));
    QCOMPARE(received(listener, CommandText::netcat(sending, {})), QByteArray("Hi\0", 3));
    sending.from = {.port = 5000};
    sending.ipVersion = QAbstractSocket::IPv6Protocol;
    QVERIFY(CommandText::netcat(sending, {}).contains("nc -N -6 -p 5000 127.0.0.1 "));
}

void TestCommandText::readsLater()
{
    RawPeer listener = RawPeer::listener();
    CommandText::Sending sending{
        .host = "127.0.0.1", .port = listener.port(), .message = {.text = "Hi"}, .readAfterMs = 50};
    QVERIFY(CommandText::client(sending).endsWith(" --read-after 50 --message=Hi"));
    QCOMPARE(received(listener, CommandText::client(sending)), QByteArray("Hi\0", 3));
    sending.readAfterMs = ConnectionSettings::never;
    QVERIFY(CommandText::client(sending).endsWith(" --read-after never --message=Hi"));
}

void TestCommandText::closesWithReset()
{
    const CommandText::Sending sending{.host = "::1", .port = 8700, .message = {.text = "Hi"}, .closesWithReset = true};
    QCOMPARE(CommandText::client(sending), "client_gui --headless -H ::1 -p 8700 --message=Hi --close-with reset");
    QCOMPARE(CommandText::netcat(sending, {}), "printf 'Hi\\000' | nc -N ::1 8700");
}

#include "tst_commandtext.moc"
