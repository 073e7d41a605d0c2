// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "steps/sessionfile.h"
#include "steps/sessionfolder.h"
#include "steps/stepjson.h"
#include "support/registertest.h"
#include "support/skip.h"

#include <QDir>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

using namespace Qt::Literals::StringLiterals;

class TestSessionFolder : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void newFile();
    void madeByTwoAtOnce();
    void cannotMakeAFolder();
    void keepsTheNewest_data();
    void keepsTheNewest();
    void leavesOtherFilesAlone();
    void leavesSessionsInUseAlone();
    void removesWhatIsEmpty_data();
    void removesWhatIsEmpty();
    void leavesAnEmptyOneThatIsNew();

private:
    QString add(int age, qint64 size = 1, const QString &name = {}) const;
    QStringList names() const { return QDir(m_folder->path()).entryList(QDir::Files | QDir::System, QDir::Name); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

constexpr qint64 mebibyte = 1024 * 1024;

QString nameOf(int age)
{
    return u"server-20261122-125405.%1-42.jsonl"_s.arg(999 - age);
}

} // namespace

void TestSessionFolder::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    qputenv("XDG_DATA_HOME", m_folder->path().toUtf8());
}

/// A session file that was written some hours ago. It is sparse: only its end is on disk.
QString TestSessionFolder::add(int age, qint64 size, const QString &name) const
{
    QFile file(m_folder->filePath(name.isEmpty() ? nameOf(age) : name));
    const QDateTime time = QDateTime::currentDateTime().addSecs(-3600 * qint64(age));
    if (!file.open(QIODevice::WriteOnly) || !file.resize(size) ||
        !file.setFileTime(time, QFileDevice::FileModificationTime))
        qFatal("cannot make %s", qPrintable(file.fileName()));
    return QFileInfo(file).fileName();
}

void TestSessionFolder::newFile()
{
    const QString path = SessionFolder::newFile(Side::Client);
    const QFileInfo info(path);
    QCOMPARE(info.path(), m_folder->filePath(u"tcp-steps/sessions"_s));
    QCOMPARE(SessionFolder::path(), info.path());
    static const QRegularExpression name(u"^client-\\d{8}-\\d{6}\\.\\d{3}-\\d+\\.jsonl$"_s);
    QVERIFY2(name.match(info.fileName()).hasMatch(), qPrintable(path));
    QVERIFY(!info.exists());
#ifdef Q_OS_UNIX
    constexpr auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ExeGroup |
                            QFileDevice::ReadOther | QFileDevice::WriteOther | QFileDevice::ExeOther;
    QVERIFY(!(QFile::permissions(info.path()) & others));
#endif
    QVERIFY(SessionFolder::newFile(Side::Server).startsWith(info.path() + u"/server-"_s));
    SessionFile file;
    QVERIFY(file.create(path));
}

/// The first time that the pair is started together.
void TestSessionFolder::madeByTwoAtOnce()
{
    for (int round = 0; round < 500; ++round) {
        std::atomic<int> ready = 0;
        const auto isMade = [&ready](Side side) {
            ++ready;
            while (ready < 2) { }
            const QFileInfo file(SessionFolder::newFile(side));
            return file.path() == SessionFolder::path() && file.dir().exists();
        };
        bool isMadeForServer = false;
        std::thread other([&] { isMadeForServer = isMade(Side::Server); });
        const bool isMadeForClient = isMade(Side::Client);
        other.join();
        QVERIFY2(isMadeForServer && isMadeForClient, qPrintable(QString::number(round)));
        QVERIFY(QDir(m_folder->filePath(u"tcp-steps"_s)).removeRecursively());
    }
}

void TestSessionFolder::cannotMakeAFolder()
{
    add(0, 1, u"tcp-steps"_s);
    const QString path = SessionFolder::newFile(Side::Client);
    QVERIFY(path.startsWith(SessionFolder::path()));
    SessionFile file;
    QVERIFY(!file.create(path));
    QVERIFY2(file.errorString().contains(path), qPrintable(file.errorString()));
}

void TestSessionFolder::keepsTheNewest_data()
{
    QTest::addColumn<QList<qint64>>("sizes"); // the newest first
    QTest::addColumn<int>("kept");
    QTest::newRow("none") << QList<qint64>() << 0;
    QTest::newRow("twenty") << QList<qint64>(20, 1) << 20;
    QTest::newRow("more than twenty") << QList<qint64>(25, 1) << 20;
    QTest::newRow("exactly 1 GiB") << QList<qint64>(2, 512 * mebibyte) << 2;
    QTest::newRow("over 1 GiB") << QList<qint64>(5, 300 * mebibyte) << 3;
    QTest::newRow("the newest alone is over 1 GiB") << QList<qint64>{1500 * mebibyte, 1} << 1;
}

void TestSessionFolder::keepsTheNewest()
{
    QFETCH(const QList<qint64>, sizes);
    QFETCH(const int, kept);
    QStringList expected;
    for (int age = 0; age < sizes.size(); ++age) {
        const QString name = add(age, sizes[age]);
        if (age < kept)
            expected.prepend(name);
    }
    SessionFolder::removeOld(m_folder->path());
    QCOMPARE(names(), expected);
}

void TestSessionFolder::leavesOtherFilesAlone()
{
    const QStringList others = {u"notes.txt"_s, u"server-20261122-125405.871-42.jsonl.bak"_s,
                                u"Xserver-20261122-125405.871-42.jsonl"_s, u"peer-20261122-125405.871-42.jsonl"_s,
                                u"server-20261122-125405-42.jsonl"_s};
    for (const QString &name : others)
        add(100, 2000 * mebibyte, name);
    const QString link = u"server-20261122-125405.001-43.jsonl"_s;
    QVERIFY(QFile::link(m_folder->filePath(u"notes.txt"_s), m_folder->filePath(link)));
    for (int age = 0; age < 25; ++age)
        add(age);
    SessionFolder::removeOld(m_folder->path());
    const QStringList left = names();
    QCOMPARE(left.size(), 20 + others.size() + 1);
    for (const QString &name : others + QStringList{link})
        QVERIFY2(left.contains(name), qPrintable(name));
}

void TestSessionFolder::leavesSessionsInUseAlone()
{
#ifdef Q_OS_UNIX
    SessionFile running;
    QVERIFY(running.create(m_folder->filePath(nameOf(30))));
    add(30, 0, u"client-20261122-125405.500-42.jsonl"_s);
    SessionFile read;
    QVERIFY(read.open(m_folder->filePath(u"client-20261122-125405.500-42.jsonl"_s)));
    QFile(running.path()).setFileTime(QDateTime::currentDateTime().addYears(-1), QFileDevice::FileModificationTime);
    for (int age = 0; age < 22; ++age)
        add(age);
    SessionFolder::removeOld(m_folder->path());
    QCOMPARE(names().size(), 20 + 2);
    QVERIFY(QFile::exists(running.path()));
    QVERIFY(QFile::exists(read.path()));
#else
    SKIP("files are locked on Unix only");
#endif
}

void TestSessionFolder::removesWhatIsEmpty_data()
{
    QTest::addColumn<QList<StepKind>>("kinds");
    QTest::addColumn<QByteArray>("rest");
    QTest::addColumn<bool>("isKept");

    using enum StepKind;
    using Kinds = QList<StepKind>;
    QTest::newRow("nothing") << Kinds() << QByteArray() << false;
    QTest::newRow("a server that listened") << Kinds{Listening, Stopped} << QByteArray() << false;
    QTest::newRow("an attempt") << Kinds{Connecting, Refused} << QByteArray() << true;
    QTest::newRow("a connection") << Kinds{Listening, Connected} << QByteArray() << true;
    QTest::newRow("a step") << Kinds{Close} << QByteArray() << true;
    QTest::newRow("what is no step") << Kinds{Listening} << QByteArray("{\"time\":\"20") << true;
}

/// A program that was killed leaves such files.
void TestSessionFolder::removesWhatIsEmpty()
{
    QFETCH(const QList<StepKind>, kinds);
    QFETCH(const QByteArray, rest);
    QFETCH(const bool, isKept);
    const QString path = m_folder->filePath(nameOf(2));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    for (const StepKind kind : kinds)
        file.write(StepJson::toLine(Step::event(Side::Server, kind, {})) + '\n');
    file.write(rest);
    file.flush();
    file.setFileTime(QDateTime::currentDateTime().addSecs(-3600), QFileDevice::FileModificationTime);
    file.close();
    QCOMPARE(SessionFolder::isEmpty(path), !isKept);
    QVERIFY(QFile::copy(path, m_folder->filePath(u"mine.jsonl"_s)));
    QVERIFY(!SessionFolder::isEmpty(m_folder->filePath(u"mine.jsonl"_s)));
    SessionFolder::removeOld(m_folder->path());
    QCOMPARE(QFile::exists(path), isKept);
}

/// Another program may be about to lock it.
void TestSessionFolder::leavesAnEmptyOneThatIsNew()
{
    const QString name = add(0, 0);
    SessionFolder::removeOld(m_folder->path());
    QCOMPARE(names(), QStringList(name));
}

REGISTER_TEST(TestSessionFolder)
#include "tst_sessionfolder.moc"
