// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "app/conversationrecord.h"
#include "support/registertest.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

Step message(int number, const QByteArray &payload = "x")
{
    Step step;
    step.kind = StepKind::Recv;
    step.side = Side::Server;
    step.connection = 1;
    step.number = number;
    step.payload = payload;
    step.size = payload.size();
    step.bytes = step.size + 1;
    step.offset = 0;
    return step;
}

} // namespace

/// A row of the session file is the same step as that index of the recording, whatever happens while steps are added.
class TestConversationRecord : public QObject
{
    Q_OBJECT
private slots:
    void rowsAreSteps();
    void addsOneAtATime();
    void logsThatTheFileCannotBeWritten();
    void logsThatMessagesAreShortened();
    void printsWithoutASession();

private:
    static QList<int> numbers(const ConversationRecord &record);

    QTemporaryDir m_folder;
};

REGISTER_TEST(TestConversationRecord)

/// The numbers of the steps in the file; checks that the recording has the same steps.
QList<int> TestConversationRecord::numbers(const ConversationRecord &record)
{
    QList<int> numbers;
    for (qsizetype row = 0; row < record.session().count(); ++row) {
        numbers.append(record.session().at(row).number);
        if (record.recording().step(row) != record.session().at(row))
            numbers.append(-1);
    }
    return record.recording().stepCount() == record.session().count() ? numbers : QList<int>{-2};
}

void TestConversationRecord::rowsAreSteps()
{
    ConversationRecord record(Side::Server, ConversationRecord::Keeps::SessionAndRecording);
    record.createSession(m_folder.filePath(u"rows"_s));
    QSignalSpy added(&record, &ConversationRecord::added);
    record.journal().add(message(2));
    record.journal().add(message(4));
    const Journal::Batch batch = record.takeBatch();
    QCOMPARE(batch.steps.size(), 2U);
    record.add(message(6));
    QCOMPARE(numbers(record), (QList<int>{2, 4, 6}));
    QCOMPARE(added.size(), 3);
}

/// Steps that a slot adds follow the step of the signal, or the batch that it belongs to.
void TestConversationRecord::addsOneAtATime()
{
    ConversationRecord record(Side::Server, ConversationRecord::Keeps::SessionAndRecording);
    record.createSession(m_folder.filePath(u"nested"_s));
    QList<int> told;
    connect(&record, &ConversationRecord::added, this, [&](const Step &step) {
        told.append(step.number);
        if (step.number < 100)
            record.add(message(step.number + 100));
    });
    connect(&record.recording(), &Recording::stepAdded, this, [&](qsizetype index, const Step &step) {
        QCOMPARE(record.session().at(index).number, step.number);
        if (step.number == 2)
            record.add(message(300));
    });
    record.add(std::vector{message(2), message(4)});
    QCOMPARE(numbers(record), (QList<int>{2, 4, 300, 102, 104}));
    QCOMPARE(told, (QList<int>{2, 4, 300, 102, 104}));
}

void TestConversationRecord::logsThatTheFileCannotBeWritten()
{
    ConversationRecord record(Side::Client, ConversationRecord::Keeps::SessionAndRecording);
    QSignalSpy failed(&record, &ConversationRecord::sessionFailed);
    record.createSession(u"/dev/full"_s);
    const QByteArray large(40'000, 'x');
    std::vector<Step> steps;
    for (int number = 1; number <= 60; ++number)
        steps.push_back(message(number, large));
    record.add(steps); // writes in the middle
    QCOMPARE(failed.size(), 1);
    QCOMPARE(record.session().count(), 61);
    QCOMPARE(record.recording().stepCount(), 61);
    QList<int> expected;
    for (qsizetype row = 0; row < 61; ++row) {
        const Step step = record.session().at(row);
        QCOMPARE(record.recording().step(row), step);
        if (step.kind == StepKind::Session) {
            QCOMPARE(step.detail, failed[0][0].toString());
            QCOMPARE(step.side, Side::Client);
            QVERIFY(row > 1 && row < 59);
        } else {
            expected.append(step.number);
        }
    }
    QCOMPARE(expected.size(), 60);
    QVERIFY(std::is_sorted(expected.begin(), expected.end()));
}

void TestConversationRecord::logsThatMessagesAreShortened()
{
    SessionLimits limits;
    limits.wholePayloads = 2000;
    ConversationRecord record(Side::Server, ConversationRecord::Keeps::SessionAndRecording, nullptr, limits);
    QSignalSpy shortened(&record, &ConversationRecord::sessionShortened);
    record.createSession(m_folder.filePath(u"long"_s));
    const QByteArray payload(1500, 'x');
    record.add(std::vector{message(2, payload), message(4, payload), message(6, payload), message(8, payload)});
    QCOMPARE(shortened.size(), 1);
    QCOMPARE(numbers(record), (QList<int>{2, 4, 0, 6, 8}));
    QCOMPARE(record.session().at(2).kind, StepKind::Limit);
    QCOMPARE(record.session().at(1).payload.size(), 1500);
    QCOMPARE(record.session().at(3).payload.size(), 256);
    QCOMPARE(record.journal().keptBytes(), SessionFile::shortPayload); // from now on, no more is passed to the window
}

void TestConversationRecord::printsWithoutASession()
{
    ConversationRecord record(Side::Server, ConversationRecord::Keeps::Session);
    QSignalSpy added(&record, &ConversationRecord::added);
    record.add(std::vector{message(2), message(4)});
    QCOMPARE(added.size(), 2);
    QCOMPARE(record.session().count(), 0);
    QCOMPARE(record.recording().stepCount(), 0);
}

#include "tst_conversationrecord.moc"
