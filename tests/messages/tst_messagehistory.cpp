// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "messages/messagehistory.h"
#include "support/registertest.h"

#include <QTest>

class TestMessageHistory : public QObject
{
    Q_OBJECT
private slots:
    void walks();
    void skipsWhatIsShown();
    void keepsEachOnce();
    void isBounded();
};

REGISTER_TEST(TestMessageHistory)

namespace {

TypedMessage typedText(const QString &text)
{
    return {.text = text};
}

QString textOf(const std::optional<TypedMessage> &message)
{
    return message ? message->text : QStringLiteral("nothing");
}

} // namespace

void TestMessageHistory::walks()
{
    MessageHistory history;
    QCOMPARE(textOf(history.back(typedText("new"))), "nothing");
    QCOMPARE(textOf(history.forward(typedText("new"))), "nothing");
    history.add(typedText("one"));
    history.add(typedText("two"));
    QCOMPARE(textOf(history.back(typedText("new"))), "two");
    QCOMPARE(textOf(history.back(typedText("two"))), "one");
    QCOMPARE(textOf(history.back(typedText("one"))), "nothing");
    QCOMPARE(textOf(history.forward(typedText("one, changed"))), "two");
    QCOMPARE(textOf(history.forward(typedText("two"))), "new");
    QCOMPARE(textOf(history.forward(typedText("new"))), "nothing");
}

/// After a message was sent, it still stands in the field.
void TestMessageHistory::skipsWhatIsShown()
{
    MessageHistory history;
    history.add(typedText("one"));
    history.add(typedText("two"));
    QCOMPARE(textOf(history.back(typedText("two"))), "one");
    QCOMPARE(textOf(history.forward(typedText("one"))), "two");
    QCOMPARE(textOf(history.forward(typedText("two"))), "nothing");
}

void TestMessageHistory::keepsEachOnce()
{
    MessageHistory history;
    for (const char *text : {"one", "two", "one"})
        history.add(typedText(text));
    QCOMPARE(history.messages(), (QList<TypedMessage>{typedText("two"), typedText("one")}));
    history.add({.text = "one", .form = MessageForm::Escapes});
    QCOMPARE(history.messages().size(), 3);
}

void TestMessageHistory::isBounded()
{
    MessageHistory history;
    for (int i = 0; i < 200; ++i)
        history.add(typedText(QString::number(i)));
    QCOMPARE(history.messages().size(), MessageHistory::limit);
    QCOMPARE(history.messages().constFirst().text, "100");
    history.add(TypedMessage::ofBytes(QByteArray(MessageHistory::maxBytes - 10, 'x')));
    const qsizetype kept = history.messages().size();
    QVERIFY(kept < 10);
    history.add(TypedMessage::ofBytes(QByteArray(MessageHistory::maxBytes + 1, 'x')));
    QCOMPARE(history.messages().size(), kept);
}

#include "tst_messagehistory.moc"
