// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "replies/replydecider.h"
#include "support/registertest.h"

#include <QTest>

using When = ReplyRule::When;
using Often = ReplyRule::Often;

/// What the server answers, by its rules.
class TestReplyDecider : public QObject
{
    Q_OBJECT
private slots:
    void conditions_data();
    void conditions();
    void captures_data();
    void captures();
    void often_data();
    void often();
    void modes_data();
    void modes();
    void orderAndSwitches();
    void runawayIsStopped();
    void longReplyIsCut();
    void events();
    void countsStayWithTheRules();
    void plans();
    void computedFields();
};

REGISTER_TEST(TestReplyDecider)

namespace {

TypedMessage escapes(const QString &text)
{
    return {.text = text, .form = MessageForm::Escapes};
}

ReplyRule ruleFor(When when, const QString &what, const QString &reply = QStringLiteral("yes"))
{
    ReplyRule rule;
    rule.id = 1;
    rule.when = when;
    if (when == When::Matches)
        rule.expression = what;
    else
        rule.message = escapes(what);
    rule.reply = escapes(reply);
    return rule;
}

ReplyDecider decider(const QList<ReplyRule> &rules)
{
    ReplyDecider decider;
    decider.setMode(ReplyMode::Rules);
    decider.setRules(rules);
    return decider;
}

/// The bytes of the reply; null: there is none.
QByteArray bytes(const ReplyDecider::Decision &decision)
{
    return decision.reply ? QByteArray("") + decision.reply->message.fill({}) : QByteArray();
}

} // namespace

void TestReplyDecider::conditions_data()
{
    QTest::addColumn<When>("when");
    QTest::addColumn<QString>("what");
    QTest::addColumn<bool>("asText");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<bool>("fits");
    const QByteArray filler(ReplyRule::matchedBytes, 'a');
    QTest::newRow("equal") << When::Equals << "PING" << false << QByteArray("PING") << true;
    QTest::newRow("not equal") << When::Equals << "PING" << false << QByteArray("PING ") << false;
    QTest::newRow("equal, with zero bytes") << When::Equals << "a\\0b" << false << QByteArray("a\0b", 3) << true;
    QTest::newRow("equal, empty") << When::Equals << "" << false << QByteArray("") << true;
    QTest::newRow("contained") << When::Contains << "\\xff\\0" << false << QByteArray("a\xff\0b", 4) << true;
    QTest::newRow("not contained") << When::Contains << "ba" << false << QByteArray("ab") << false;
    QTest::newRow("contained behind 64 KiB") << When::Contains << "b" << false << filler + "b" << false;
    QTest::newRow("contained at the end of 64 KiB")
        << When::Contains << "ab" << false << filler.chopped(1) + "b" << true;
    QTest::newRow("begins") << When::Begins << "HE" << false << QByteArray("HELO") << true;
    QTest::newRow("does not begin") << When::Begins << "EL" << false << QByteArray("HELO") << false;
    QTest::newRow("matches") << When::Matches << "^MEAS (\\d+)\\?$" << false << QByteArray("MEAS 12?") << true;
    QTest::newRow("does not match") << When::Matches << "^MEAS (\\d+)\\?$" << false << QByteArray("MEAS x?") << false;
    QTest::newRow("another beginning") << When::Matches << "^MEAS" << false << QByteArray("SEAM") << false;
    QTest::newRow("optional letter") << When::Matches << "^ab?$" << false << QByteArray("a") << true;
    QTest::newRow("alternative") << When::Matches << "^ab|cd" << false << QByteArray("cd") << true;
    QTest::newRow("repeated letter") << When::Matches << "^ab*c" << false << QByteArray("ac") << true;
    QTest::newRow("in the middle") << When::Matches << "B+" << false << QByteArray("aBBa") << true;
    QTest::newRow("byte") << When::Matches << "^\\xe9$" << false << QByteArray("\xe9") << true;
    QTest::newRow("two bytes of a character") << When::Matches << "^..$" << false << QByteArray("é") << true;
    QTest::newRow("a character as text") << When::Matches << "^é$" << true << QByteArray("é") << true;
    QTest::newRow("one character as text") << When::Matches << "^.$" << true << QByteArray("é") << true;
    QTest::newRow("a letter as text") << When::Matches << "^\\w$" << true << QByteArray("é") << true;
    QTest::newRow("invalid UTF-8 as text") << When::Matches << "^a.b$" << true
                                           << QByteArray("a\xff"
                                                         "b")
                                           << true;
    QTest::newRow("expression behind 64 KiB") << When::Matches << "b" << false << filler + "b" << false;
    QTest::newRow("expression at the end of 64 KiB")
        << When::Matches << "b" << false << filler.chopped(1) + "b" << true;
    QTest::newRow("event") << When::Accept << "" << false << QByteArray("") << false;
}

void TestReplyDecider::conditions()
{
    QFETCH(const When, when);
    QFETCH(const QString, what);
    QFETCH(const bool, asText);
    QFETCH(const QByteArray, message);
    ReplyRule rule = ruleFor(when, what);
    rule.asText = asText;
    const auto decision = decider({rule}).answer(message);
    QTEST(decision.reply.has_value(), "fits");
    QCOMPARE(decision.rule, decision.reply ? 0 : -1);
}

void TestReplyDecider::captures_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<bool>("asText");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QString>("reply");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("number") << "^MEAS (\\d+)\\?$" << false << QByteArray("MEAS 12?") << "+\\g{1}.0"
                            << QByteArray("+12.0");
    QTest::newRow("whole match") << "l+" << false << QByteArray("hello") << "<\\g{0}>" << QByteArray("<ll>");
    QTest::newRow("order") << "(.)(.)" << false << QByteArray("ab") << "\\g{2}\\g{1}\\g{2}" << QByteArray("bab");
    QTest::newRow("bytes") << "^(.*)$" << false << QByteArray("\xff\0\xc3", 3) << "\\g{1}"
                           << QByteArray("\xff\0\xc3", 3);
    QTest::newRow("characters") << "^(.)(.)" << true << QByteArray("é€x") << "\\g{2}" << QByteArray("€");
    QTest::newRow("beyond the BMP") << "^(.)(.)(.)$" << true << QByteArray("\xf0\x9f\x98\x80yz") << "\\g{3}\\g{1}"
                                    << QByteArray("z\xf0\x9f\x98\x80");
    QTest::newRow("empty, at the beginning")
        << "^(x?)(.)" << true << QByteArray("éa") << "[\\g{1}\\g{2}]" << QByteArray("[é]");
    QTest::newRow("empty, in the middle")
        << "é(x?)(.)" << true << QByteArray("éab") << "[\\g{1}\\g{2}]" << QByteArray("[a]");
    QTest::newRow("empty, at the end") << "b()$" << true << QByteArray("éab") << "[\\g{1}]" << QByteArray("[]");
    QTest::newRow("halves of a surrogate pair") << "^(\\C)(\\C)(.)" << true << QByteArray("\xf0\x9f\x98\x80z")
                                                << "[\\g{1}\\g{2}\\g{3}]" << QByteArray("[\xf0\x9f\x98\x80z]");
    QTest::newRow("invalid UTF-8 as text") << "^(a.+)b" << true
                                           << QByteArray("a\xff\xfe"
                                                         "b")
                                           << "\\g{1}" << QByteArray("a\xff\xfe");
    QTest::newRow("group that took no part")
        << "(a)|(b)" << false << QByteArray("b") << "[\\g{1}\\g{2}]" << QByteArray("[b]");
    QTest::newRow("last group that took no part")
        << "(a)|(b)" << false << QByteArray("a") << "[\\g{1}\\g{2}]" << QByteArray("[a]");
    QTest::newRow("length") << "(.+)" << false << QByteArray("abc") << "{length:1}\\g{1}"
                            << QByteArray("\x03"
                                          "abc");
}

void TestReplyDecider::captures()
{
    QFETCH(const QString, expression);
    QFETCH(const bool, asText);
    QFETCH(const QByteArray, message);
    QFETCH(const QString, reply);
    ReplyRule rule = ruleFor(When::Matches, expression, reply);
    rule.asText = asText;
    QVERIFY(rule.mistakes().isEmpty());
    QTEST(bytes(decider({rule}).answer(message)), "expected");
}

void TestReplyDecider::often_data()
{
    QTest::addColumn<Often>("often");
    QTest::addColumn<int>("times");
    QTest::addColumn<QString>("answers"); ///< of five messages
    QTest::newRow("always") << Often::Always << 1 << "yyyyy";
    QTest::newRow("the first") << Often::First << 1 << "ynnnn";
    QTest::newRow("the first three") << Often::First << 3 << "yyynn";
    QTest::newRow("from the first") << Often::From << 1 << "yyyyy";
    QTest::newRow("from the third") << Often::From << 3 << "nnyyy";
}

void TestReplyDecider::often()
{
    QFETCH(const Often, often);
    QFETCH(const int, times);
    for (const When when :
         {When::Equals, When::Contains, When::Begins, When::Matches, When::Accept, When::Silence, When::Every}) {
        ReplyRule rule = ruleFor(when, QStringLiteral("a"), QStringLiteral("y"));
        rule.often = often;
        rule.times = times;
        ReplyDecider decides = decider({rule});
        decides.setFixed("n", 0);
        QString answers;
        for (int i = 0; i < 5; ++i) {
            const auto decision = when == When::Accept ? decides.answerAccept()
                                  : rule.isTimed()     ? decides.answerTimer(0)
                                                       : decides.answer("a");
            answers += QString::fromLatin1(decision.reply ? bytes(decision) : "n");
        }
        QTEST(answers, "answers");
        QCOMPARE(decides.counts().value(1), 5);
    }
}

void TestReplyDecider::modes_data()
{
    QTest::addColumn<ReplyMode>("mode");
    QTest::addColumn<QByteArray>("toRule");
    QTest::addColumn<QByteArray>("toOther");
    QTest::newRow("fixed") << ReplyMode::Fixed << QByteArray("fixed") << QByteArray("fixed");
    QTest::newRow("rules") << ReplyMode::Rules << QByteArray("yes") << QByteArray("fixed");
    QTest::newRow("echo") << ReplyMode::Echo << QByteArray("a") << QByteArray("other");
    QTest::newRow("none") << ReplyMode::None << QByteArray() << QByteArray();
}

void TestReplyDecider::modes()
{
    QFETCH(const ReplyMode, mode);
    ReplyDecider decides = decider({ruleFor(When::Equals, QStringLiteral("a"))});
    decides.setFixed("fixed", 5);
    decides.setMode(mode);
    QTEST(bytes(decides.answer("a")), "toRule");
    const auto other = decides.answer("other");
    QTEST(bytes(other), "toOther");
    QCOMPARE(other.reply ? other.reply->delayMs : 5, 5);
    decides.setFixed("", 0);
    QCOMPARE(decides.answer("other").reply.has_value(), mode == ReplyMode::Echo);
}

void TestReplyDecider::orderAndSwitches()
{
    ReplyRule first = ruleFor(When::Begins, QStringLiteral("a"), QStringLiteral("1"));
    ReplyRule second = ruleFor(When::Contains, QStringLiteral("a"), QStringLiteral("2"));
    second.id = 2;
    QCOMPARE(bytes(decider({first, second}).answer("ab")), "1");
    QCOMPARE(bytes(decider({second, first}).answer("ab")), "2");
    first.isEnabled = false;
    QCOMPARE(bytes(decider({first, second}).answer("ab")), "2");
    second.reply = escapes(QStringLiteral("\\q")); // a mistake
    QVERIFY(!decider({first, second}).answer("ab").reply);
}

void TestReplyDecider::runawayIsStopped()
{
    ReplyRule runaway = ruleFor(When::Matches, QStringLiteral("(a+)+$"));
    runaway.name = QStringLiteral("slow");
    for (const bool asText : {false, true}) {
        runaway.asText = asText;
        ReplyRule next = ruleFor(When::Contains, QStringLiteral("b"), QStringLiteral("next"));
        next.id = 2;
        ReplyDecider decides = decider({runaway, next});
        for (int i = 0; i < 3; ++i) {
            const auto decision = decides.answer(QByteArray(100, 'a') + 'b');
            QCOMPARE(bytes(decision), "next");
            QCOMPARE(decision.rule, 1);
            QCOMPARE(decision.notes, QStringList("Rule 1 (slow) does not fit: its expression takes too long on this "
                                                 "message and was stopped"));
        }
        QCOMPARE(decides.counts().value(1), 0);
        QVERIFY(decides.answer("aa").notes.isEmpty());
    }
}

void TestReplyDecider::longReplyIsCut()
{
    const ReplyRule rule = ruleFor(When::Matches, QStringLiteral("(?s)^.*$"), QStringLiteral("\\g{0}").repeated(300));
    ReplyDecider decides = decider({rule});
    const auto decision = decides.answer(QByteArray(ReplyRule::matchedBytes, 'x'));
    QCOMPARE(decision.notes, QStringList("The reply of Rule 1 is longer than 16 MiB and was cut"));
    QCOMPARE(bytes(decision).size(), TypedMessage::maxBytes);
    QVERIFY(decides.answer(QByteArray(1000, 'x')).notes.isEmpty());
}

void TestReplyDecider::events()
{
    ReplyRule accept = ruleFor(When::Accept, {}, QStringLiteral("220"));
    ReplyRule every = ruleFor(When::Every, {}, QStringLiteral("tick"));
    every.id = 2;
    ReplyDecider decides = decider({every, accept});
    decides.setFixed("fixed", 0);
    QCOMPARE(bytes(decides.answerAccept()), "220");
    QCOMPARE(bytes(decides.answerTimer(0)), "tick");
    QVERIFY(!decides.answerTimer(1).reply);
    QVERIFY(!decides.answerTimer(2).reply);
    QVERIFY(!decides.answerTimer(-1).reply);
    QCOMPARE(bytes(decides.answer("220")), "fixed");
    decides.setMode(ReplyMode::Fixed);
    QVERIFY(!decides.answerAccept().reply);
    QVERIFY(!decides.answerTimer(0).reply);
}

void TestReplyDecider::countsStayWithTheRules()
{
    ReplyRule first = ruleFor(When::Equals, QStringLiteral("a"));
    ReplyRule second = ruleFor(When::Equals, QStringLiteral("b"));
    second.id = 2;
    ReplyDecider decides = decider({first, second});
    decides.answer("a");
    decides.answer("b");
    decides.answer("b");
    first.reply = escapes(QStringLiteral("changed"));
    decides.setRules({second, first});
    QCOMPARE(decides.counts(), (QHash<int, qint64>{{1, 1}, {2, 2}}));
    decides.setRules({first});
    QCOMPARE(decides.counts(), (QHash<int, qint64>{{1, 1}}));
}

void TestReplyDecider::plans()
{
    ReplyRule rule = ruleFor(When::Equals, QStringLiteral("a"));
    rule.answer = ReplyRule::Answer::Echo;
    rule.then = ReplyRule::Then::HalfClose;
    rule.delayMs = 7;
    rule.pieces = {1, 2};
    rule.gapMs = 3;
    rule.to = ReplyRule::To::All;
    auto reply = decider({rule}).answer("a").reply;
    QVERIFY(reply && reply->sends);
    QCOMPARE(reply->message.fill({}), "a");
    QCOMPARE(reply->then, ReplyRule::Then::HalfClose);
    QCOMPARE(reply->delayMs, 7);
    QCOMPARE(reply->pieces, (QList<int>{1, 2}));
    QCOMPARE(reply->gapMs, 3);
    QCOMPARE(reply->to, ReplyRule::To::All);
    rule.answer = ReplyRule::Answer::None;
    reply = decider({rule}).answer("a").reply;
    QVERIFY(reply && !reply->sends);
}

void TestReplyDecider::computedFields()
{
    const ReplyRule rule = ruleFor(When::Begins, {}, QStringLiteral("{counter} {crc32:hex}"));
    const auto decision = decider({rule}).answer("x");
    QVERIFY(decision.reply->message.fill({.counter = 5}).startsWith("5 "));
}

#include "tst_replydecider.moc"
