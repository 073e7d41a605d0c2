// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "messages/typedmessage.h"
#include "support/registertest.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

Q_DECLARE_METATYPE(TypedMessage)

class TestTypedMessage : public QObject
{
    Q_OBJECT
private slots:
    void reads_data();
    void reads();
    void mistakes_data();
    void mistakes();
    void givesBytesBack_data();
    void givesBytesBack();
    void changesForm_data();
    void changesForm();
    void words();
};

REGISTER_TEST(TestTypedMessage)

namespace {

constexpr auto escapes = MessageForm::Escapes;
constexpr auto hex = MessageForm::Hex;
constexpr auto latin1 = TypedMessage::Encoding::Latin1;

} // namespace

void TestTypedMessage::reads_data()
{
    QTest::addColumn<TypedMessage>("typed");
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char *name, const TypedMessage &typed, const QByteArray &bytes) {
        QTest::newRow(name) << typed << bytes;
    };
    row("text", {.text = u"Hi {crc32} \\n"_s}, "Hi {crc32} \\n");
    row("nothing", {}, "");
    row("file", {.text = u"greeting.bin"_s, .form = MessageForm::File, .content = "\\n{crc32}\n"}, "\\n{crc32}\n");
    row("several lines", {.text = u"a\n\nb"_s}, "a\n\nb");
    row("several lines, CR LF", {.text = u"GET / HTTP/1.0\n\n"_s, .hasCrLf = true}, "GET / HTTP/1.0\r\n\r\n");
    row("UTF-8", {.text = u"é€😀"_s}, "é€😀");
    row("Latin-1", {.text = u"é"_s, .encoding = latin1}, "\xe9");
    row("escapes", {.text = u"\\n\\r\\t\\0\\\\\\x1B\\xff"_s, .form = escapes}, QByteArray("\n\r\t\0\\\x1b\xff", 7));
    row("code points", {.text = u"\\u{e9}\\u{1F600}"_s, .form = escapes}, "é😀");
    row("code point in Latin-1", {.text = u"\\u{e9}"_s, .form = escapes, .encoding = latin1}, "\xe9");
    row("a byte is a byte in Latin-1", {.text = u"\\xe9"_s, .form = escapes, .encoding = latin1}, "\xe9");
    row("braces", {.text = u"{{}} }"_s, .form = escapes}, "{}} }");
    row("field", {.text = u"$A*{xor8:1..-2,hex}\\r\\n"_s, .form = escapes}, "$A*41\r\n");
    row("escape and CR LF", {.text = u"a\\nb\nc"_s, .form = escapes, .hasCrLf = true}, "a\nb\r\nc");
    row("hex", {.text = u"02 41,42, 0x03\n0X04ff"_s, .form = hex}, QByteArray::fromHex("0241420304ff"));
    row("hex without blanks", {.text = u"02414203"_s, .form = hex}, QByteArray::fromHex("02414203"));
    row("hex, field", {.text = u"01 03 00 00 00 0a {crc16-modbus}"_s, .form = hex},
        QByteArray::fromHex("01030000000ac5cd"));
    row("hex, only blanks", {.text = u" , \n"_s, .form = hex}, "");
    row("hex has no line breaks", {.text = u"41\n42"_s, .form = hex, .hasCrLf = true}, "AB");
}

void TestTypedMessage::reads()
{
    QFETCH(const TypedMessage, typed);
    const auto read = typed.read();
    QVERIFY2(!read.mistake, qPrintable(read.mistake.value_or(TypedMessage::Mistake()).sentence));
    QTEST(read.message.fill({}), "bytes");
}

void TestTypedMessage::mistakes_data()
{
    QTest::addColumn<TypedMessage>("typed");
    QTest::addColumn<QString>("marked");
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const TypedMessage &typed, const QString &marked, const QByteArray &before,
                        const QString &says) { QTest::newRow(name) << typed << marked << before << says; };
    const QString slash = u"A backslash begins"_s;
    row("unknown escape", {.text = u"ab\\q"_s, .form = escapes}, u"\\q"_s, "ab", slash);
    row("only a backslash", {.text = u"ab\\"_s, .form = escapes}, u"\\"_s, "ab", slash);
    row("half a byte", {.text = u"\\x1"_s, .form = escapes}, u"\\x1"_s, "", u"\\x takes two hexadecimal digits"_s);
    row("no digit", {.text = u"\\xg1"_s, .form = escapes}, u"\\xg"_s, "", u"\\x takes"_s);
    row("no braces", {.text = u"\\u00e9"_s, .form = escapes}, u"\\u"_s, "", u"\\u takes"_s);
    row("no number", {.text = u"\\u{}"_s, .form = escapes}, u"\\u"_s, "", u"\\u takes"_s);
    row("signed number", {.text = u"\\u{+e9}"_s, .form = escapes}, u"\\u"_s, "", u"\\u takes"_s);
    row("beyond Unicode", {.text = u"\\u{110000}"_s, .form = escapes}, u"\\u{110000}"_s, "",
        u"This is not a character of Unicode."_s);
    row("surrogate", {.text = u"\\u{d800}"_s, .form = escapes}, u"\\u{d800}"_s, "", u"This is not a character"_s);
    row("lone surrogate", {.text = QString(QChar(0xD800))}, QString(QChar(0xD800)), "", u"This is not a character"_s);
    row("not in Latin-1", {.text = u"a€"_s, .encoding = latin1}, u"€"_s, "a", u"“€” is not in Latin-1."_s);
    row("pair not in Latin-1", {.text = u"😀"_s, .encoding = latin1}, u"😀"_s, "",
        u"“😀” is "
        u"not in Latin-1."_s);
    row("open brace", {.text = u"a{crc32"_s, .form = escapes}, u"{crc32"_s, "a",
        u"The computed field has no closing brace. A brace as such is typed as {{."_s);
    row("no such field", {.text = u"a{crc17}b"_s, .form = escapes}, u"{crc17}"_s, "a",
        u"There is no computed field {crc17}."_s);
    row("half a hex digit", {.text = u"02 4"_s, .form = hex}, u"4"_s, "\x02", u"A byte has two hexadecimal digits"_s);
    row("0x twice", {.text = u"0x0x41"_s, .form = hex}, u"0x0"_s, "", u"A byte has two hexadecimal digits."_s);
    row("split hex digits", {.text = u"4 1"_s, .form = hex}, u"4"_s, "", u"A byte has two hexadecimal digits"_s);
    row("not hex", {.text = u"41 zz"_s, .form = hex}, u"z"_s, "A", u"“z” is not a hexadecimal digit."_s);
    row("brace in hex", {.text = u"41 {{"_s, .form = hex}, u"{{"_s, "A", u"The computed field has no closing brace."_s);
    row("too long", {.text = u"a{length:1}"_s + QString(256, u'x'), .form = escapes}, u"{length:1}"_s,
        "a" + QByteArray(1, '\0') + QByteArray(256, 'x'), u"The length does not fit"_s);
}

void TestTypedMessage::mistakes()
{
    QFETCH(const TypedMessage, typed);
    QFETCH(const QString, says);
    const auto read = typed.read();
    QVERIFY(read.mistake);
    QTEST(typed.text.mid(read.mistake->at, read.mistake->length), "marked");
    QVERIFY2(read.mistake->sentence.startsWith(says), qPrintable(read.mistake->sentence));
    QTEST(read.message.fill({}), "before");
}

void TestTypedMessage::givesBytesBack_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("text") << QByteArray("Hi, server! I'm client.");
    QTest::newRow("controls") << QByteArray("a\r\n\t\0\x1b\x7f\\", 8);
    QTest::newRow("field") << QByteArray("{crc32} {{ }");
    QTest::newRow("UTF-8") << QByteArray("é€😀");
    QTest::newRow("bidi") << QByteArray("\u202e\u200b");
    QTest::newRow("cut UTF-8") << QByteArray("\xe2\x82");
    QTest::newRow("Latin-1") << QByteArray("\xe9t\xe9");
    QByteArray all;
    for (int byte = 0; byte < 256; ++byte)
        all.append(char(byte));
    QTest::newRow("all bytes") << all;
    QRandomGenerator random(14);
    QByteArray noise(4096, Qt::Uninitialized);
    std::generate(noise.begin(), noise.end(), [&random] { return char(random.bounded(256)); });
    QTest::newRow("noise") << noise;
}

void TestTypedMessage::givesBytesBack()
{
    QFETCH(const QByteArray, bytes);
    for (const auto encoding : {TypedMessage::Encoding::Utf8, latin1}) {
        const TypedMessage typed{
            .text = TypedMessage::withEscapes(bytes, encoding), .form = escapes, .encoding = encoding};
        QVERIFY(!typed.read().mistake);
        QCOMPARE(typed.read().message.fill({}), bytes);
    }
    QCOMPARE((TypedMessage{.text = TypedMessage::inHex(bytes), .form = hex}.read().message.fill({})), bytes);
}

void TestTypedMessage::changesForm_data()
{
    QTest::addColumn<TypedMessage>("typed");
    QTest::addColumn<MessageForm>("to");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const TypedMessage &typed, MessageForm to, const QString &expected) {
        QTest::newRow(name) << typed << to << expected;
    };
    constexpr auto text = MessageForm::Text;
    row("fields to escapes", {.text = u"01 ff{crc16-modbus:be} 7b"_s, .form = hex}, escapes,
        u"\\x01\\xff{crc16-modbus:be}{{"_s);
    row("fields to hex", {.text = u"a{length:2be, +1}b"_s, .form = escapes}, hex, u"61 {length:2be, +1} 62"_s);
    row("fields to text", {.text = u"{time}"_s, .form = escapes}, text, u"impossible"_s);
    row("what looks like a field", {.text = u"{time}"_s}, escapes, u"{{time}"_s);
    row("CR LF to hex", {.text = u"a\nb"_s, .hasCrLf = true}, hex, u"61 0d 0a 62"_s);
    row("CR LF to text", {.text = u"61 0d 0a 62"_s, .form = hex, .hasCrLf = true}, text, u"a\nb"_s);
    row("a lone LF to text", {.text = u"61 0a"_s, .form = hex, .hasCrLf = true}, text, u"impossible"_s);
    row("Latin-1 to text", {.text = u"e9 ff"_s, .form = hex, .encoding = latin1}, text, u"éÿ"_s);
    row("no UTF-8 to text", {.text = u"e9 ff"_s, .form = hex}, text, u"impossible"_s);
    row("mistake", {.text = u"02 zz"_s, .form = hex}, escapes, u"impossible"_s);
    row("file", TypedMessage::ofBytes("a{"), escapes, u"a{{"_s);
}

void TestTypedMessage::changesForm()
{
    QFETCH(const TypedMessage, typed);
    QFETCH(const MessageForm, to);
    const auto same = typed.in(to);
    QTEST(same ? same->text : u"impossible"_s, "expected");
}

void TestTypedMessage::words()
{
    for (const MessageForm form : {MessageForm::Text, escapes, hex, MessageForm::File})
        QCOMPARE(TypedMessage::formOf(QString(TypedMessage::word(form))), form);
    QVERIFY(!TypedMessage::formOf(u"base64"));
}

#include "tst_typedmessage.moc"
