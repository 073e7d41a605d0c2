// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "steps/sessionfile.h"
#include "steps/stepjson.h"
#include "support/registertest.h"
#include "support/skip.h"

#include <QDir>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

using namespace Qt::Literals::StringLiterals;

class TestSessionFile : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void readsBack_data();
    void readsBack();
    void tellsEvents();
    void writesByItself();
    void onlyTheOwnerReads();
    void replaces();
    void refusesASessionInUse();
    void cannotCreate();
    void leavesOtherFilesAlone();
    void diskFull();
    void diskFullInTheMiddle();
    void removedFile();
    void memoryIsBounded();
    void shortens();
    void opensInSlices_data();
    void opensInSlices();
    void opensDamaged();
    void brokenLastLine_data();
    void brokenLastLine();
    void lastLineThatIsBeingWritten();
    void survivesAKill();
    void cannotCreateWhatIsNoFile_data();
    void cannotCreateWhatIsNoFile();
    void goesWhereNothingHappened_data();
    void goesWhereNothingHappened();
    void cannotOpen_data();
    void cannotOpen();

private:
    QString path() const { return m_folder->filePath(u"session.jsonl"_s); }
    void write(const QByteArray &content) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

Step message(int number, const QByteArray &payload)
{
    Step step;
    step.time = {1'795'352'045'871'752 + number, number};
    step.kind = StepKind::Recv;
    step.number = number;
    step.connection = 1;
    step.payload = payload;
    step.size = payload.size();
    step.bytes = payload.size() + 1;
    return step;
}

/// The rows whose number is wrong.
QList<qsizetype> wrongRows(const SessionFile &file)
{
    QList<qsizetype> wrong;
    for (qsizetype row = 0; row < file.count(); ++row) {
        if (file.at(row).number != row + 1)
            wrong.append(row);
    }
    return wrong;
}

} // namespace

void TestSessionFile::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestSessionFile::write(const QByteArray &content) const
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

void TestSessionFile::readsBack_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("payloadSize");
    QTest::newRow("nothing") << 0 << 0;
    QTest::newRow("one") << 1 << 5;
    QTest::newRow("a block less one") << 63 << 5;
    QTest::newRow("a block") << 64 << 5;
    QTest::newRow("a block and one") << 65 << 5;
    QTest::newRow("many blocks") << 10'000 << 5;
    QTest::newRow("a block of bytes, not of lines") << 40 << int(Step::keptBytes);
}

void TestSessionFile::readsBack()
{
    QFETCH(const int, rows);
    QFETCH(const int, payloadSize);
    const QByteArray payload(payloadSize, 'x');
    {
        SessionFile file;
        QSignalSpy grown(&file, &SessionFile::grown);
        QVERIFY(file.create(path()));
        for (int number = 1; number <= rows; ++number) {
            file.append(message(number, payload));
            QCOMPARE(file.at(number - 1).number, number);
        }
        QCOMPARE(grown.size(), rows);
        QCOMPARE(file.count(), rows);
        QCOMPARE(wrongRows(file), QList<qsizetype>());
        file.flush();
        QCOMPARE(wrongRows(file), QList<qsizetype>());
    }
    SessionFile opened;
    QVERIFY2(opened.open(path()), qPrintable(opened.errorString()));
    QTRY_VERIFY(opened.isComplete());
    QCOMPARE(opened.count(), rows);
    QCOMPARE(wrongRows(opened), QList<qsizetype>());
    if (rows > 0)
        QVERIFY(opened.at(rows - 1) == message(rows, payload));
}

void TestSessionFile::tellsEvents()
{
    Step event;
    event.kind = StepKind::Error;
    const QByteArray spaced = StepJson::toLine(event).replace("\"event\":", "\"event\": ");
    write(StepJson::toLine(message(1, R"(,"event":")")) + '\n' + StepJson::toLine(event) + '\n' + spaced +
          "\ngarbage\n");
    SessionFile file;
    QVERIFY(file.open(path()));
    QTRY_COMPARE(file.count(), 4);
    for (qsizetype row = 0; row < file.count(); ++row) {
        QCOMPARE(file.isEvent(row), row > 0);
        QCOMPARE(file.isEvent(row), file.at(row).isEvent());
    }
}

void TestSessionFile::writesByItself()
{
    SessionFile file;
    QVERIFY(file.create(path()));
    file.append(message(1, "x"));
    const qsizetype line = StepJson::toLine(message(1, "x")).size() + 1;
    QCOMPARE(QFileInfo(path()).size(), 0);
    QTRY_COMPARE(QFileInfo(path()).size(), line);
    file.append(message(2, "x"));
    QTRY_COMPARE(QFileInfo(path()).size(), 2 * line);
}

void TestSessionFile::onlyTheOwnerReads()
{
    SessionFile file;
    QVERIFY(file.create(path()));
    constexpr auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ExeGroup |
                            QFileDevice::ReadOther | QFileDevice::WriteOther | QFileDevice::ExeOther |
                            QFileDevice::ExeOwner;
    QVERIFY(!(QFile::permissions(path()) & others));
}

void TestSessionFile::replaces()
{
    write("{\"an\":\"earlier session\"}\n");
    QVERIFY(QFile::setPermissions(path(), QFileDevice::Permissions(0x6644)));
    {
        SessionFile file;
        QVERIFY(file.create(path()));
        QCOMPARE(file.count(), 0);
        QVERIFY(!(QFile::permissions(path()) & (QFileDevice::ReadGroup | QFileDevice::ReadOther)));
        file.append(message(1, "x"));
    }
    QCOMPARE(QFileInfo(path()).size(), StepJson::toLine(message(1, "x")).size() + 1);
}

void TestSessionFile::refusesASessionInUse()
{
    SessionFile running;
    QVERIFY(running.create(path()));
    running.append(message(1, "x"));
    running.flush();

    SessionFile second;
    QSignalSpy failed(&second, &SessionFile::failed);
    QVERIFY(!second.create(path()));
    QCOMPARE(failed.size(), 1);
    QVERIFY2(second.errorString().contains(path() + u" is the session of another program"_s),
             qPrintable(second.errorString()));
    QVERIFY(QFileInfo(path()).size() > 0);

    SessionFile reader;
    QVERIFY(reader.open(path()));
    QTRY_COMPARE(reader.count(), 1);
}

void TestSessionFile::leavesOtherFilesAlone()
{
    QFile notes(path());
    QVERIFY(notes.open(QIODevice::WriteOnly));
    notes.write("my notes");
    notes.close();
    SessionFile file;
    QSignalSpy failed(&file, &SessionFile::failed);
    QVERIFY(!file.create(path()));
    QCOMPARE(failed.size(), 1);
    QVERIFY(failed[0][0].toString().contains("it exists and is not a session"));
    QVERIFY(notes.open(QIODevice::ReadOnly));
    QCOMPARE(notes.readAll(), "my notes");
}

void TestSessionFile::cannotCreate()
{
    SessionFile file;
    QSignalSpy failed(&file, &SessionFile::failed);
    QVERIFY(!file.create(m_folder->filePath(u"missing/session.jsonl"_s)));
    QCOMPARE(failed.size(), 1);
    const QString sentence = u"The session file %1 cannot be written: No such file or directory. "
                             "New steps are kept in memory only."_s.arg(file.path());
    QCOMPARE(failed[0][0].toString(), sentence);
    for (int number = 1; number <= 200; ++number)
        file.append(message(number, "x"));
    file.flush();
    QCOMPARE(failed.size(), 1);
    QCOMPARE(file.count(), 200);
    QCOMPARE(wrongRows(file), QList<qsizetype>());
}

void TestSessionFile::diskFull()
{
    const QString full = u"/dev/full"_s;
    if (!QFileInfo::exists(full))
        SKIP("needs /dev/full");
    const auto permissions = QFile::permissions(full);
    SessionFile file;
    QSignalSpy failed(&file, &SessionFile::failed);
    QVERIFY(file.create(full));
    file.append(message(1, "x"));
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed[0][0].toString(), u"The session file /dev/full cannot be written: No space left on device. "
                                      "New steps are kept in memory only."_s);
    file.append(message(2, "x"));
    file.flush();
    QCOMPARE(failed.size(), 1);
    QCOMPARE(file.count(), 2);
    QCOMPARE(wrongRows(file), QList<qsizetype>());
    QCOMPARE(QFile::permissions(full), permissions);
}

void TestSessionFile::diskFullInTheMiddle()
{
#ifdef Q_OS_UNIX
    SessionLimits limits;
    limits.inMemory = 20'000;
    SessionFile file(nullptr, limits);
    QSignalSpy failed(&file, &SessionFile::failed);
    QVERIFY(file.create(path()));
    for (int number = 1; number <= 100; ++number)
        file.append(message(number, "x"));

    rlimit before = {};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
    const qint64 line = StepJson::toLine(message(1, "x")).size() + 1;
    const rlimit small = {rlim_t(line * 50), before.rlim_max};
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    file.flush();
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);

    QCOMPARE(failed.size(), 1);
    QCOMPARE(QFileInfo(path()).size(), line * 50);
    QCOMPARE(wrongRows(file), QList<qsizetype>());
    for (int number = 101; number <= 1000; ++number)
        file.append(message(number, "x"));
    QCOMPARE(file.at(0).number, 1);
    QCOMPARE(file.at(999).number, 1000);
    const Step lost = file.at(500);
    QCOMPARE(lost.kind, StepKind::Error);
    QCOMPARE(lost.detail, u"This step was not kept"_s);
    SessionFile opened;
    QVERIFY(opened.open(path()));
    QTRY_VERIFY(opened.isComplete());
    QVERIFY(opened.count() >= 49);
    QCOMPARE(wrongRows(opened), QList<qsizetype>());
#else
    SKIP("needs setrlimit");
#endif
}

void TestSessionFile::removedFile()
{
#ifdef Q_OS_UNIX
    SessionFile file;
    QSignalSpy failed(&file, &SessionFile::failed);
    QVERIFY(file.create(path()));
    file.append(message(1, "x"));
    file.flush();
    QVERIFY(QFile::remove(path()));
    file.append(message(2, "x"));
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed[0][0].toString(), u"The session file %1 cannot be written: it was removed. "
                                      "New steps are kept in memory only."_s.arg(path()));
    for (int number = 3; number <= 200; ++number)
        file.append(message(number, "x"));
    file.flush();
    QCOMPARE(failed.size(), 1);
    QCOMPARE(file.count(), 200);
    QCOMPARE(wrongRows(file), QList<qsizetype>());
#else
    SKIP("a file that is open cannot be removed");
#endif
}

void TestSessionFile::memoryIsBounded()
{
    SessionLimits limits;
    limits.inMemory = 100'000;
    SessionFile file(nullptr, limits);
    QVERIFY(!file.create(m_folder->filePath(u"missing/session.jsonl"_s)));
    constexpr int rows = 5000;
    for (int number = 1; number <= rows; ++number)
        file.append(message(number, "x"));
    QCOMPARE(file.count(), rows);
    const QList<qsizetype> lost = wrongRows(file);
    const qint64 line = StepJson::toLine(message(rows, "x")).size() + 1;
    QVERIFY(!lost.isEmpty());
    QCOMPARE(lost.last(), lost.size() - 1);
    QVERIFY((rows - lost.size()) * line <= limits.inMemory);
    QVERIFY((rows - lost.size()) * line >= limits.inMemory / 2);
    QCOMPARE(file.at(0).detail, u"This step was not kept"_s);
}

void TestSessionFile::shortens()
{
    SessionLimits limits;
    limits.wholePayloads = 2000;
    SessionFile file(nullptr, limits);
    QVERIFY(file.create(path()));
    Step note;
    note.kind = StepKind::Limit;
    note.time = {1, 1};
    int spoken = 0;
    connect(&file, &SessionFile::shortened, &file, [&spoken] { ++spoken; });
    const QByteArray payload(1500, 'x');
    for (int number = 1; number <= 4; ++number) {
        const int before = spoken;
        file.append(message(number, payload));
        if (spoken > before)
            file.append(note);
    }
    QCOMPARE(spoken, 1);
    QCOMPARE(file.count(), 5);
    QCOMPARE(file.at(1).payload.size(), 1500);
    QCOMPARE(file.at(2).kind, StepKind::Limit);
    QCOMPARE(file.at(3).payload.size(), 256);
    QCOMPARE(file.at(3).size, 1500);
    QCOMPARE(file.at(4).payload.size(), 256);
}

void TestSessionFile::opensInSlices_data()
{
    QTest::addColumn<int>("slice");
    QTest::newRow("a byte") << 1;
    QTest::newRow("less than a line") << 100;
    QTest::newRow("some lines") << 1000;
    QTest::newRow("all") << 10'000'000;
}

void TestSessionFile::opensInSlices()
{
    QFETCH(const int, slice);
    QByteArray content;
    for (int number = 1; number <= 70; ++number)
        content += StepJson::toLine(message(number, "x")) + '\n';
    write(content);
    SessionLimits limits;
    limits.indexSlice = slice;
    SessionFile file(nullptr, limits);
    qsizetype turns = 0;
    connect(&file, &SessionFile::grown, &file, [&] {
        ++turns;
        if (file.count() > 0)
            QCOMPARE(file.at(file.count() - 1).number, file.count());
    });
    QVERIFY(file.open(path()));
    QVERIFY(!file.isComplete());
    QCOMPARE(file.count(), 0);
    QTRY_VERIFY(file.isComplete());
    QCOMPARE(turns, (content.size() + slice - 1) / slice);
    QCOMPARE(file.count(), 70);
    QCOMPARE(wrongRows(file), QList<qsizetype>());
}

void TestSessionFile::opensDamaged()
{
    const QByteArray good = StepJson::toLine(message(1, "x")) + '\n';
    write(good + "garbage\n\n" + QByteArray(2 * 1024 * 1024, 'x') + '\n' + good + '{' + QByteArray(1000, '\0') + "\n" +
          good + good.first(50));
    SessionFile file;
    QVERIFY(file.open(path()));
    QTRY_VERIFY(file.isComplete());
    QCOMPARE(file.count(), 7);
    for (const qsizetype row : {0, 4, 6})
        QVERIFY2(file.at(row) == message(1, "x"), qPrintable(file.at(row).detail));
    for (const qsizetype row : {1, 2, 3, 5}) {
        QCOMPARE(file.at(row).kind, StepKind::Error);
        QCOMPARE(file.at(row).detail, u"Line %1 of the session file is not a step"_s.arg(row + 1));
    }
}

void TestSessionFile::brokenLastLine_data()
{
    QTest::addColumn<int>("broken");
    QTest::newRow("whole") << 0;
    QTest::newRow("a byte of it") << 1;
    QTest::newRow("without its newline") << int(StepJson::toLine(message(3, "x")).size());
}

void TestSessionFile::brokenLastLine()
{
    QFETCH(const int, broken);
    write(StepJson::toLine(message(1, "x")) + '\n' + StepJson::toLine(message(2, "x")) + '\n' +
          StepJson::toLine(message(3, "x")).first(broken));
    SessionFile file;
    QSignalSpy cutOff(&file, &SessionFile::cutOff);
    QVERIFY(file.open(path()));
    QTRY_VERIFY(file.isComplete());
    QCOMPARE(file.count(), 2);
    QCOMPARE(wrongRows(file), QList<qsizetype>());
    QCOMPARE(cutOff.size(), broken > 0 ? 1 : 0);
    if (broken > 0)
        QCOMPARE(cutOff[0][0].toString(),
                 u"The last line is broken: the program that wrote it was ended. Its %1 left out."_s.arg(
                     broken == 1 ? u"only byte is"_s : u"%1 bytes are"_s.arg(broken)));
}

void TestSessionFile::lastLineThatIsBeingWritten()
{
#ifdef Q_OS_UNIX
    SessionFile running;
    QVERIFY(running.create(path()));
    running.append(message(1, "x"));
    running.flush();
    QFile half(path());
    QVERIFY(half.open(QIODevice::Append));
    half.write("{");
    half.close();
    SessionFile file;
    QSignalSpy cutOff(&file, &SessionFile::cutOff);
    QVERIFY(file.open(path()));
    QTRY_VERIFY(file.isComplete());
    QCOMPARE(file.count(), 1);
    QCOMPARE(cutOff.size(), 0);
#else
    SKIP("files are locked on Unix only");
#endif
}

/// A process is killed while it logs: what was flushed is there, line by line.
void TestSessionFile::survivesAKill()
{
#ifdef Q_OS_UNIX
    const pid_t child = fork();
    if (child == 0) {
        SessionFile file;
        file.create(path());
        for (int number = 1;; ++number)
            file.append(message(number, "x")); // 1 MiB at a time is written at once
    }
    QVERIFY(child > 0);
    QTRY_VERIFY(QFileInfo(path()).size() > 3'000'000);
    kill(child, SIGKILL);
    int status = 0;
    QCOMPARE(waitpid(child, &status, 0), child);
    SessionFile opened;
    QVERIFY(opened.open(path()));
    QTRY_VERIFY(opened.isComplete());
    QVERIFY(opened.count() > 10'000);
    QCOMPARE(wrongRows(opened), QList<qsizetype>());
#else
    SKIP("needs fork");
#endif
}

void TestSessionFile::cannotCreateWhatIsNoFile_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("reason");
    QTest::newRow("a FIFO") << u"fifo"_s << u"it is a FIFO (named pipe), not a file"_s;
    QTest::newRow("a folder") << u"."_s << u"it is a folder, not a file"_s;
}

/// Writing to a FIFO without a reader would block the window once it is full.
void TestSessionFile::cannotCreateWhatIsNoFile()
{
    QFETCH(const QString, name);
    QFETCH(const QString, reason);
    QCOMPARE(mkfifo(QFile::encodeName(m_folder->filePath(u"fifo"_s)).constData(), 0600), 0);
    SessionFile file;
    QSignalSpy failed(&file, &SessionFile::failed);
    QVERIFY(!file.create(m_folder->filePath(name)));
    QCOMPARE(failed.size(), 1);
    QVERIFY2(file.errorString().contains(u": "_s + reason + u'.'), qPrintable(file.errorString()));
    file.append(Step::event(Side::Server, StepKind::Listening, {}));
    file.flush();
    QCOMPARE(file.count(), 1);
    QCOMPARE(file.at(0).kind, StepKind::Listening);
}

void TestSessionFile::goesWhereNothingHappened_data()
{
    QTest::addColumn<SessionFile::Keep>("keep");
    QTest::addColumn<QList<StepKind>>("kinds");
    QTest::addColumn<bool>("isKept");

    using enum StepKind;
    using Kinds = QList<StepKind>;
    constexpr auto ifUsed = SessionFile::Keep::IfUsed;
    QTest::newRow("nothing") << ifUsed << Kinds() << false;
    QTest::newRow("a server that listened") << ifUsed << Kinds{Listening, StepKind::Capture, Stopped} << false;
    QTest::newRow("a port in use") << ifUsed << Kinds{Error} << false;
    QTest::newRow("an attempt") << ifUsed << Kinds{Connecting, Refused} << true;
    QTest::newRow("a connection") << ifUsed << Kinds{Listening, Connected, Stopped} << true;
    QTest::newRow("nothing, into a file that was named") << SessionFile::Keep::Always << Kinds() << true;
}

void TestSessionFile::goesWhereNothingHappened()
{
    QFETCH(const SessionFile::Keep, keep);
    QFETCH(const QList<StepKind>, kinds);
    QFETCH(const bool, isKept);
    const QString path = m_folder->filePath(u"own.jsonl"_s);
    {
        SessionFile file;
        QVERIFY(file.create(path, keep));
        for (const StepKind kind : kinds)
            file.append(Step::event(Side::Server, kind, {}));
        QVERIFY(QFile::exists(path));
    }
    QCOMPARE(QFile::exists(path), isKept);
}

void TestSessionFile::cannotOpen_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("reason");
    QTest::newRow("missing") << u"missing"_s << u"Cannot open %1: No such file or directory."_s;
    QTest::newRow("a folder") << u"."_s << u"Cannot open %1: it is a folder, not a file."_s;
    QTest::newRow("a FIFO") << u"fifo"_s << u"Cannot open %1: it is a FIFO (named pipe), not a file."_s;
    QTest::newRow("something else") << u"session.jsonl"_s << u"Cannot open %1: it is not a session."_s;
    QTest::newRow("what has no size") << u"/proc/self/status"_s << u"Cannot open %1: it is not a session."_s;
}

void TestSessionFile::cannotOpen()
{
    QFETCH(const QString, name);
    QFETCH(const QString, reason);
    write("\xa1\xb2\xc3\xd4");
    QCOMPARE(mkfifo(QFile::encodeName(m_folder->filePath(u"fifo"_s)).constData(), 0600), 0);
    SessionFile file;
    const QString opened = QDir(m_folder->path()).absoluteFilePath(name);
    if (name.startsWith(u'/') && !QFile::exists(name))
        SKIP("needs /proc");
    QVERIFY(!file.open(opened));
    QCOMPARE(file.errorString(), reason.arg(opened));
    QCOMPARE(file.count(), 0);
    QVERIFY(file.isComplete());
}

REGISTER_TEST(TestSessionFile)
#include "tst_sessionfile.moc"
