// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "messages/messagejson.h"
#include "support/registertest.h"

#include <QJsonDocument>
#include <QTest>

class TestMessageJson : public QObject
{
    Q_OBJECT
private slots:
    void roundTrip_data();
    void roundTrip();
    void wrong_data();
    void wrong();
};

REGISTER_TEST(TestMessageJson)

void TestMessageJson::roundTrip_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("text") << QByteArray(R"({"text":"Hi"})");
    QTest::newRow("nothing") << QByteArray(R"({"text":""})");
    QTest::newRow("lines") << QByteArray(R"({"line-breaks":"crlf","text":"GET / HTTP/1.0\n\n"})");
    QTest::newRow("hex") << QByteArray(R"({"form":"hex","text":"02 41"})");
    QTest::newRow("escapes") << QByteArray(R"({"encoding":"latin-1","form":"escapes","text":"\\xe9{crc32}"})");
    QTest::newRow("file") << QByteArray(R"({"file":"greeting.bin"})");
}

void TestMessageJson::roundTrip()
{
    QFETCH(const QByteArray, json);
    const auto read = MessageJson::read(QJsonDocument::fromJson(json).object());
    QVERIFY(std::holds_alternative<TypedMessage>(read));
    QCOMPARE(QJsonDocument(MessageJson::write(std::get<TypedMessage>(read))).toJson(QJsonDocument::Compact), json);
}

void TestMessageJson::wrong_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("says");
    QTest::newRow("number") << QByteArray(R"({"text":5})") << "“text” is text in quotation marks.";
    QTest::newRow("form") << QByteArray(R"({"text":"a","form":"base64"})")
                          << "“form” is “text”, “escapes” or “hex”, not “base64”.";
    QTest::newRow("form that needs a file") << QByteArray(R"({"text":"a","form":"file"})")
                                            << "“form” is “text”, “escapes” or “hex”, "
                                               "not “file”.";
    QTest::newRow("encoding") << QByteArray(R"({"text":"a","encoding":"utf-16"})")
                              << "“encoding” is “utf-8” or “latin-1”, not “utf-16”.";
    QTest::newRow("list") << QByteArray(R"({"text":"a","line-breaks":[]})")
                          << "“line-breaks” is text in quotation marks.";
}

void TestMessageJson::wrong()
{
    QFETCH(const QByteArray, json);
    const auto read = MessageJson::read(QJsonDocument::fromJson(json).object());
    QVERIFY(std::holds_alternative<QString>(read));
    QTEST(std::get<QString>(read), "says");
}

#include "tst_messagejson.moc"
