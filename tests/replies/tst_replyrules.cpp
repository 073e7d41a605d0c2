// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "replies/replyrules.h"
#include "support/registertest.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

/// Rules as JSON.
class TestReplyRules : public QObject
{
    Q_OBJECT
private slots:
    void errors_data();
    void errors();
    void readsAllFields();
    void roundTrip();
    void bytesOfAFileAreHex();
    void files();
};

REGISTER_TEST(TestReplyRules)

void TestReplyRules::errors_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("says");
    const auto rule = [](const char *name, const QByteArray &fields, const char *says) {
        QTest::newRow(name) << R"({"rules":[{"when":"begins"},{"when":"equals",)" + fields + "}]}"
                            << QStringLiteral("Rule 2: ") + QString::fromUtf8(says);
    };
    QTest::newRow("syntax") << QByteArray("{\"rules\": [\n{\"when\": \"equals\"},\n{\"when\": }\n]}")
                            << "Line 3: object is missing after a comma";
    QTest::newRow("nothing") << QByteArray() << "Line 1: illegal value";
    QTest::newRow("list") << QByteArray("[]") << "The file has no list “rules”: {\"rules\": […]}";
    QTest::newRow("no list") << QByteArray("{\"rules\": 5}") << "The file has no list “rules”: {\"rules\": […]}";
    QTest::newRow("another field") << QByteArray("{\"rules\": [], \"rule\": []}")
                                   << "“rule” is not known. The file has only the list “rules”.";
    QTest::newRow("no object") << QByteArray("{\"rules\": [5]}") << "Rule 1: A rule is an object in braces.";
    QTest::newRow("no condition") << QByteArray("{\"rules\": [{}]}") << "Rule 1: “when” is missing.";
    QTest::newRow("condition") << QByteArray(R"({"rules": [{"when": "is"}]})")
                               << "Rule 1: “when” takes “equals”, “contains”, “begins”, “matches”, "
                                  "“accept”, “silence”, “every”.";
    rule("name", R"("name":5)", "“name” takes text in quotation marks.");
    rule("enabled", R"("enabled":1)", "“enabled” takes true or false.");
    rule("message", R"("message":"PING")", "“message” takes a message, as {\"text\": \"Hi\"}.");
    rule("message's form", R"("message":{"text":"a","form":"x"})",
         "“message”: “form” is “text”, “escapes” or “hex”, not “x”.");
    rule("message's file", R"("message":{"file":"a"})",
         "“message”: “file” is not a field of a message "
         "in a rule.");
    rule("message's mistake", R"("message":{"text":"a5 5","form":"hex"})",
         "“message”: A byte has two hexadecimal digits.");
    rule("computed field", R"("message":{"text":"{crc32}","form":"escapes"})",
         "“message”: A message cannot be compared with a computed field.");
    rule("expression", R"("expression":[])", "“expression” takes text in quotation marks.");
    rule("as text", R"("as-text":"yes")", "“as-text” takes true or false.");
    rule("ms", R"("ms":"5")", "“ms” takes a whole number from 0.");
    rule("delay below zero", R"("delay":-1)", "“delay” takes a whole number from 0.");
    rule("half a delay", R"("delay":0.5)", "“delay” takes a whole number from 0.");
    rule("long delay", R"("delay":3600001)", "“delay”: A time is 0 to 3600000 ms.");
    rule("reply", R"("reply":"Hi")", "“reply” takes “none”, “echo” or a message, as {\"text\": \"Hi\"}.");
    rule("reply's mistake", R"("reply":{"text":"\\q","form":"escapes"})",
         "“reply”: A backslash begins \\n, \\r, \\t, \\0, \\xNN or \\u{…}. "
         "A backslash as such is typed as \\\\.");
    rule("group", R"("reply":{"text":"\\g{1}","form":"escapes"})",
         "“reply”: The last group that can be used here is \\g{0}.");
    rule("group's number", R"("reply":{"text":"\\g{x}","form":"escapes"})",
         "“reply”: \\g takes the number of a group in braces, as in \\g{1}.");
    rule("then", R"("then":"quit")", "“then” takes “nothing”, “close”, “half-close”, “reset”.");
    rule("pieces", R"("pieces":5)", "“pieces” takes a list of numbers of bytes, as [1, 2].");
    rule("piece", R"("pieces":[1,"2"])", "“pieces” takes a list of numbers of bytes, as [1, 2].");
    rule("empty piece", R"("pieces":[1,0])", "“pieces”: A piece has 1 to 16777216 bytes.");
    rule("gap", R"("gap":null)", "“gap” takes a whole number from 0.");
    rule("first", R"("first":0)", "“first”: The number is 1 to 1000000000.");
    rule("from", R"("from":"2")", "“from” takes a whole number from 0.");
    rule("first and from", R"("first":1,"from":2)", "“first” and “from” cannot be used together.");
    rule("to", R"("to":"everybody")", "“to” takes “sender”, “all”.");
    rule("unknown field", R"("colour":"red")", "“colour” is not a field of a rule.");
    QTest::newRow("wrong expression")
        << QByteArray(R"({"rules": [{"when": "matches", "expression": "a(b"}]})")
        << "Rule 1: “expression”: Character 4 of the expression: missing closing parenthesis";
    QTest::newRow("echo of nothing") << QByteArray(R"({"rules": [{"when": "accept", "reply": "echo"}]})")
                                     << "Rule 1: “reply”: An event has no message to echo.";
    QTest::newRow("capture of nothing")
        << QByteArray(R"({"rules": [{"when": "accept", "reply": {"text": "\\g{0}", "form": "escapes"}}]})")
        << "Rule 1: “reply”: A backslash begins \\n, \\r, \\t, \\0, \\xNN or \\u{…}. "
           "A backslash as such is typed as \\\\.";
    QTest::newRow("no time") << QByteArray(R"({"rules": [{"when": "every", "ms": 0}]})")
                             << "Rule 1: “ms”: A time is 1 to 3600000 ms.";
}

void TestReplyRules::errors()
{
    QFETCH(const QByteArray, json);
    const auto read = ReplyRules::read(json);
    QTEST(read.error, "says");
    QVERIFY(read.rules.isEmpty());
}

void TestReplyRules::readsAllFields()
{
    const auto read = ReplyRules::read(R"x({"rules": [{"name": "n", "enabled": false, "when": "matches",
        "message": {"text": "m"}, "expression": "(e)", "as-text": true, "ms": 5,
        "reply": {"text": "41 \\g{1}", "form": "hex"}, "then": "reset", "delay": 6, "pieces": [1, 2], "gap": 7,
        "from": 8, "to": "all"}, {"when": "accept"}]})x");
    QCOMPARE(read.error, QString());
    const ReplyRule expected{.id = 1,
                             .isEnabled = false,
                             .name = "n",
                             .when = ReplyRule::When::Matches,
                             .message = {.text = "m"},
                             .expression = "(e)",
                             .asText = true,
                             .ms = 5,
                             .reply = {.text = "41 \\g{1}", .form = MessageForm::Hex},
                             .then = ReplyRule::Then::Reset,
                             .delayMs = 6,
                             .pieces = {1, 2},
                             .gapMs = 7,
                             .often = ReplyRule::Often::From,
                             .times = 8,
                             .to = ReplyRule::To::All};
    QCOMPARE(read.rules.size(), 2);
    QVERIFY(read.rules[0] == expected);
    QVERIFY(read.rules[1] == (ReplyRule{.id = 2, .when = ReplyRule::When::Accept, .answer = ReplyRule::Answer::None}));
}

void TestReplyRules::roundTrip()
{
    QRandomGenerator dice(7);
    const auto text = [&dice] {
        QString characters;
        for (int i = dice.bounded(6); i > 0; --i)
            characters += QChar(dice.bounded(0x20, 0x2000));
        return characters;
    };
    QList<ReplyRule> rules;
    for (int i = 1; i <= 2000; ++i) {
        ReplyRule rule{.id = i, .isEnabled = dice.bounded(2) == 0, .name = text()};
        rule.when = ReplyRule::When(dice.bounded(7));
        rule.message = {.text = text(), .hasCrLf = dice.bounded(2) == 0};
        rule.expression = QStringLiteral("(%1)").arg(dice.bounded(100));
        rule.asText = dice.bounded(2) == 0;
        rule.ms = dice.bounded(1, 1000);
        rule.answer = ReplyRule::Answer(rule.isEvent() ? 2 * dice.bounded(2) : dice.bounded(3));
        if (rule.answer == ReplyRule::Answer::Message)
            rule.reply = {.text = text()};
        rule.then = ReplyRule::Then(dice.bounded(4));
        rule.delayMs = dice.bounded(1000);
        for (int piece = dice.bounded(4); piece > 0; --piece)
            rule.pieces.append(dice.bounded(1, 100));
        rule.gapMs = dice.bounded(1000);
        rule.often = ReplyRule::Often(dice.bounded(3));
        if (rule.often != ReplyRule::Often::Always)
            rule.times = dice.bounded(1, 100);
        rule.to = ReplyRule::To(dice.bounded(2));
        rules.append(rule);
    }
    const auto read = ReplyRules::read(ReplyRules::write(rules));
    QCOMPARE(read.error, QString());
    QVERIFY(read.rules == rules);
}

void TestReplyRules::bytesOfAFileAreHex()
{
    ReplyRule rule;
    rule.reply = TypedMessage::ofBytes(QByteArray("\0\xff", 2));
    const auto read = ReplyRules::read(ReplyRules::write({rule}));
    QCOMPARE(read.error, QString());
    QCOMPARE(read.rules.constFirst().reply.read().message.fill({}), QByteArray("\0\xff", 2));
}

void TestReplyRules::files()
{
    QTemporaryDir folder;
    QVERIFY(!ReplyRules::readFile(folder.filePath("none.json")).error.isEmpty());
    QVERIFY(!ReplyRules::readFile(folder.path()).error.isEmpty());
    QCOMPARE(ReplyRules::readFile({}).error, "it has no name");
    const auto read = ReplyRules::readFile(QStringLiteral(EXAMPLES "/../rules/meter.json"));
    QCOMPARE(read.error, QString());
    QVERIFY(read.rules.size() >= 3);
}

#include "tst_replyrules.moc"
