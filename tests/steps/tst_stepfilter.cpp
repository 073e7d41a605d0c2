// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "steps/stepfilter.h"
#include "steps/stepjson.h"
#include "support/registertest.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;

/// Which steps a filter accepts, and what is wrong with an expression.
class TestStepFilter : public QObject
{
    Q_OBJECT

private slots:
    void accepts_data();
    void accepts();
    void mistakes_data();
    void mistakes();
    void runawayExpression();
    void limitCannotBeRaised();
};

namespace {

Step stepOf(StepKind kind, int connection, const QByteArray &payload = {})
{
    Step step;
    step.kind = kind;
    step.connection = connection;
    step.number = step.isEvent() ? 0 : 2;
    step.payload = payload;
    step.size = payload.size();
    step.bytes = step.isMessage() ? payload.size() + 1 : -1;
    return step;
}

} // namespace

void TestStepFilter::accepts_data()
{
    QTest::addColumn<StepFilter>("filter");
    QTest::addColumn<QString>("accepted"); ///< letters of the steps below
    const auto row = [](const char *name, const StepFilter &filter, const char *accepted) {
        QTest::newRow(name) << filter << QString::fromLatin1(accepted);
    };
    const auto text = [](const QString &what) { return StepFilter{TextPattern::ofText(what)}; };
    const auto expression = [](const QString &what) { return StepFilter{TextPattern::ofExpression(what)}; };
    row("everything", {}, "srclpR");
    row("text, whatever its case", text(u"HELLO"_s), "sR");
    row("text with the characters of an expression", text(u"h.llo"_s), "");
    row("expression, whatever its case", expression(u"H.L+O"_s), "sR");
    row("expression with case", expression(u"(?-i)HELLO"_s), "");
    row("expression at the start of the line", expression(u"^#1 \\[2\\] send"_s), "s");
    row("expression for an end", expression(u"world$"_s), "r");
    row("expression with an escape", expression(u"\\\\n"_s), "R");
    row("expression for a letter of another script", expression(u"\\bé\\b"_s), "r");
    row("no events", {.showEvents = false}, "srcR");
    row("messages", {.kind = StepFilter::Kind::Messages}, "srR");
    row("sent", {.kind = StepFilter::Kind::Sent}, "s");
    row("received", {.kind = StepFilter::Kind::Received}, "rR");
    row("events", {.kind = StepFilter::Kind::Events}, "lp");
    row("events, which are not wanted", {.showEvents = false, .kind = StepFilter::Kind::Events}, "");
    row("a connection", {.connection = 1}, "src");
    row("a connection whose number begins like another one", {.connection = 12}, "pR");
    row("all at once",
        {.pattern = TextPattern::ofText(u"hello"_s), .kind = StepFilter::Kind::Received, .connection = 12}, "R");
    row("what is sought besides", {.pattern = TextPattern::ofText(u"hello"_s), .sought = TextPattern::ofText(u"#12"_s)},
        "R");
}

void TestStepFilter::accepts()
{
    QFETCH(const StepFilter, filter);
    QFETCH(const QString, accepted);
    const std::pair<char16_t, Step> steps[] = {
        {u's', stepOf(StepKind::Send, 1, "hello")}, {u'r', stepOf(StepKind::Recv, 1, "é world")},
        {u'c', stepOf(StepKind::Close, 1)},         {u'l', stepOf(StepKind::Listening, 0)},
        {u'p', stepOf(StepKind::PeerFinished, 12)}, {u'R', stepOf(StepKind::Recv, 12, "hello\n")},
    };
    QString found;
    for (const auto &[letter, step] : steps) {
        if (filter.accepts(step))
            found += letter;
        QVERIFY(filter.mayAccept(StepJson::toLine(step)) || !filter.accepts(step));
    }
    QCOMPARE(found, accepted);
    QCOMPARE(filter.acceptsAll(), accepted.size() == 6);
    QVERIFY(!filter.pattern.gaveUp());
}

void TestStepFilter::mistakes_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<int>("at");
    QTest::newRow("none") << u"a(b)?"_s << -1;
    QTest::newRow("nothing") << QString() << -1;
    QTest::newRow("a parenthesis that is not closed") << u"ab(c"_s << 4;
    QTest::newRow("a parenthesis that was not opened") << u"ab)c"_s << 2;
    QTest::newRow("nothing to repeat") << u"*"_s << 0;
    QTest::newRow("a class that is not closed") << u"[a"_s << 2;
    QTest::newRow("too long") << QString(TextPattern::maxCharacters + 1, u'a') << int(TextPattern::maxCharacters);
}

void TestStepFilter::mistakes()
{
    QFETCH(const QString, expression);
    QFETCH(const int, at);
    TextPattern::Mistake mistake;
    const TextPattern pattern = TextPattern::ofExpression(expression, &mistake);
    QCOMPARE(int(mistake.at), at);
    QCOMPARE(mistake.text.isEmpty(), at < 0);
    QCOMPARE(pattern.text(), at < 0 ? expression : QString());
    QCOMPARE(pattern.isEmpty(), at >= 0 || expression.isEmpty());
}

/// Without the limit this would take longer than anybody waits.
void TestStepFilter::runawayExpression()
{
    const StepFilter filter{TextPattern::ofExpression(u"(a|aa|b)+(a|aa|c)+$"_s)};
    const StepFilter copy = filter;
    QVERIFY(!copy.accepts(stepOf(StepKind::Send, 1, QByteArray(3'000, 'a') + "!")));
    QVERIFY(filter.pattern.gaveUp());
    QVERIFY(filter.accepts(stepOf(StepKind::Send, 1, "aaaa")));
}

void TestStepFilter::limitCannotBeRaised()
{
    const StepFilter filter{TextPattern::ofExpression(u"(*LIMIT_MATCH=4000000000)(a|aa|b)+(a|aa|c)+$"_s)};
    QVERIFY(!filter.accepts(stepOf(StepKind::Send, 1, QByteArray(3'000, 'a') + "!")));
    QVERIFY(filter.pattern.gaveUp());
}

REGISTER_TEST(TestStepFilter)
#include "tst_stepfilter.moc"
