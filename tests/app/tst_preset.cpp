// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "app/preset.h"
#include "support/registertest.h"

#include <QTest>

/// Presets as JSON: what is written is read again, and an error names its place.
class TestPreset : public QObject
{
    Q_OBJECT
private slots:
    void readsWhatItWrites();
    void writesAsDocumented();
    void keptBytesBecomeHex();
    void wrong_data();
    void wrong();
};

REGISTER_TEST(TestPreset)

void TestPreset::readsWhatItWrites()
{
    const QList<Preset> presets = {
        {.name = "plain", .message = {.text = "Hi, \\n “you”"}},
        {.name = "all",
         .message = {.text = "GET /\\r\\n{crc32}",
                     .form = MessageForm::Escapes,
                     .encoding = TypedMessage::Encoding::Latin1,
                     .hasCrLf = true},
         .framing = Framing::parse(u"length:2be@4+6"),
         .host = "::1",
         .port = 65535},
        {.name = "hex", .message = {.text = "02 41 03", .form = MessageForm::Hex}, .framing = Framing::None},
        {.name = "file", .message = {.text = "/tmp/a \"b\".bin", .form = MessageForm::File}},
    };
    QCOMPARE(std::get<QList<Preset>>(Presets::read(Presets::write(presets))), presets);
    QCOMPARE(std::get<QList<Preset>>(Presets::read(Presets::write({}))), QList<Preset>());
}

void TestPreset::writesAsDocumented()
{
    const QByteArray documented = R"({"presets": [
        {"name": "Hello", "message": {"text": "Hi"}, "framing": "crlf", "host": "::1", "port": 7}]})";
    const QList<Preset> presets = {
        {.name = "Hello", .message = {.text = "Hi"}, .framing = Framing::CrLf, .host = "::1", .port = 7}};
    QCOMPARE(std::get<QList<Preset>>(Presets::read(documented)), presets);
}

void TestPreset::keptBytesBecomeHex()
{
    const QList<Preset> presets = {{.name = "kept", .message = TypedMessage::ofBytes(QByteArray("\0\r\xff", 3))}};
    const auto read = std::get<QList<Preset>>(Presets::read(Presets::write(presets)));
    QCOMPARE(read.constFirst().message.form, MessageForm::Hex);
    QCOMPARE(read.constFirst().message.read().message.fill({}), QByteArray("\0\r\xff", 3));
}

void TestPreset::wrong_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("says");
    const auto preset = [](const char *fields) {
        return QByteArray(R"({"presets": [{"name": "a", "message": {}}, {)") + fields + "}]}";
    };
    QTest::newRow("syntax") << QByteArray("{\"presets\": [\n\n{\"name\" 1}]}") << "Line 3: ";
    QTest::newRow("nothing") << QByteArray() << "Line 1: ";
    QTest::newRow("another list") << QByteArray("{\"rules\": []}") << "The file has no list “presets”";
    QTest::newRow("a list alone") << QByteArray("[]") << "The file has no list “presets”";
    QTest::newRow("two lists") << QByteArray("{\"presets\": [], \"rules\": []}") << "“rules” is not known.";
    QTest::newRow("no object") << QByteArray("{\"presets\": [1]}") << "Preset 1: A preset is an object in braces.";
    QTest::newRow("no name") << preset(R"("message": {})") << "Preset 2: “name” is missing.";
    QTest::newRow("name") << preset(R"("name": 1, "message": {})") << "Preset 2: “name” is text";
    QTest::newRow("no message") << preset(R"("name": "b")") << "Preset 2: “message” is an object";
    QTest::newRow("message") << preset(R"("name": "b", "message": "Hi")") << "Preset 2: “message” is an object";
    QTest::newRow("text") << preset(R"("name": "b", "message": {"text": 1})") << "Preset 2: “text” is text";
    QTest::newRow("form") << preset(R"("name": "b", "message": {"form": "x"})") << "Preset 2: “form” is “text”";
    QTest::newRow("half a byte") << preset(R"("name": "b", "message": {"text": "4", "form": "hex"})")
                                 << "Preset 2: “text”: character 1: A byte has two hexadecimal digits.";
    QTest::newRow("framing") << preset(R"("name": "b", "message": {}, "framing": "fixed:x")")
                             << "Preset 2: “framing”: ";
    QTest::newRow("host") << preset(R"("name": "b", "message": {}, "host": [])") << "Preset 2: “host” is text";
    const auto port = QStringLiteral("Preset 2: “port” is a number");
    QTest::newRow("port") << preset(R"("name": "b", "message": {}, "port": 65536)") << port;
    QTest::newRow("port as text") << preset(R"("name": "b", "message": {}, "port": "80")") << port;
    QTest::newRow("unknown") << preset(R"("name": "b", "message": {}, "prot": 80)")
                             << "Preset 2: “prot” is not a field of a preset.";
}

void TestPreset::wrong()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QString, says);
    const auto read = Presets::read(json);
    QVERIFY(std::holds_alternative<QString>(read));
    QVERIFY2(std::get<QString>(read).startsWith(says), qPrintable(std::get<QString>(read)));
}

#include "tst_preset.moc"
