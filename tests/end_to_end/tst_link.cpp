// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "program.h"
#include "support/skip.h"

#include <QDir>
#include <QTemporaryDir>

#include <unistd.h>

using namespace Qt::StringLiterals;

/// The emulated network of the lab, with programs at both ends.
class TestLink : public QObject
{
    Q_OBJECT
private slots:
    void thePages_data();
    void thePages();
    void bothPages();
    void tcpdumpSeesTheLoss_data();
    void tcpdumpSeesTheLoss();
    void theSameSeed();
    void statusOfTheCommand_data();
    void statusOfTheCommand();
    void aSignalEndsTheCommand();
    void withoutTun();
    void onlyInItsOwnNetwork();
    void rulesWithoutTun();
    void wrongRules();
};

REGISTER_TEST(TestLink)

namespace {

const QString labScript = QStringLiteral(SCRIPTS "/lab");
const QString linkEnds = QStringLiteral(END_TO_END "/linkends");

/// A command in the lab, with the link.
QStringList inLab(const QString &rules, const QStringList &command)
{
    return QStringList{labScript, "--link", SERVER_GUI, "--network", rules} + command;
}

QStringList headlessPair(const QString &rules)
{
    return inLab(rules, {QStringLiteral(SCRIPTS "/run"), "--lab", "--headless", "--network", rules});
}

/// The same command for an ordinary user who may open a TUN device. Only root can give this right.
QStringList asOrdinaryUser(const QString &folder, const QStringList &command)
{
    const QString script = u"mknod -m 666 \"$1/tun\" c 10 200 && mount --bind \"$1/tun\" /dev/net/tun && shift && "
                           "exec setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all \"$@\""_s;
    return QStringList{"unshare", "--mount", "sh", "-c", script, "sh", folder} + command;
}

/// The same command on a system without TUN.
QStringList lackingTun(const QStringList &command)
{
    return QStringList{"unshare", "--mount", "sh", "-c", "mount --bind /dev/null /dev/net/tun && exec \"$@\"", "sh"} +
           command;
}

class LinkProgram : public Program
{
public:
    explicit LinkProgram(const QStringList &command)
        : Program(command.constFirst(), command.mid(1))
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("TCPSTEPS_LAB_BUILD", QStringLiteral(BUILD));
        process().setProcessEnvironment(environment);
        start();
    }
    /// Why there is no link on this machine; empty if there is.
    QString obstacle() const
    {
        const bool isMissing = errors().contains("forbids: ") || errors().contains("no emulated network");
        return isMissing ? errors() : QString();
    }
};

const QString steps = u"[1] Send: Hi, server! I'm client.\n[2] Recv: Hi, server! I'm client.\n[3] Send: Hi, client!\n"
                      "[4] Recv: Hi, client!\n[5] Close Socket\n[6] Close Socket\n\n"_s;
const QString reply = u" IP 192.0.2.2.8700 > 192.0.2.1."_s;

} // namespace

#define WAIT_FOR_LINK(program)                                                                                         \
    QTRY_VERIFY(!(program).isRunning());                                                                               \
    if (!(program).obstacle().isEmpty())                                                                               \
        SKIP_OR_FAIL((program).obstacle());                                                                            \
    QVERIFY2((program).status() == 0, qPrintable((program).errors()));

void TestLink::thePages_data()
{
    QTest::addColumn<bool>("isOrdinary");
    QTest::newRow("this user") << false;
    QTest::newRow("an ordinary user") << true;
}

void TestLink::thePages()
{
    QFETCH(const bool, isOrdinary);
    if (isOrdinary && geteuid() != 0)
        SKIP(u"only root can make a TUN device for another user"_s);
    QTemporaryDir folder;
    const QStringList command = headlessPair({});
    LinkProgram run(isOrdinary ? asOrdinaryUser(folder.path(), command) : command);
    WAIT_FOR_LINK(run);
    const QString page = run.output();
    QVERIFY2(page.startsWith(steps), qPrintable(page));
    QVERIFY2(page.contains("# The TCP three-way handshake\n") && page.contains("\n# The TCP four-way wave\n"),
             qPrintable(page));
    QVERIFY2(page.contains(reply) && page.contains("mss 1460"), qPrintable(page));
    QVERIFY(!page.contains("127.0.0.1"));
}

void TestLink::bothPages()
{
    LinkProgram run(headlessPair("drop server data 1"));
    WAIT_FOR_LINK(run);
    const QString page = run.output();
    QVERIFY2(page.startsWith(steps + "As seen at the client:\n\n# The TCP three-way handshake\n"), qPrintable(page));
    const qsizetype second = page.indexOf("\nAs seen at the server:\n\n");
    QVERIFY(second > 0);
    QCOMPARE(page.first(second).count("length 12\n"), 1);
    QCOMPARE(page.sliced(second).count("length 12\n"), 2);
}

void TestLink::tcpdumpSeesTheLoss_data()
{
    QTest::addColumn<QString>("version");
    QTest::addColumn<QString>("client");
    QTest::newRow("IPv4") << "4"
                          << "192.0.2.1";
    QTest::newRow("IPv6") << "6"
                          << "2001:db8::1";
}

void TestLink::tcpdumpSeesTheLoss()
{
    QFETCH(const QString, version);
    QFETCH(const QString, client);
    // Root's tcpdump wants to become another user, whom the lab does not have.
    const QTemporaryDir folder;
    const QStringList command = inLab("drop server data 1; delay 1ms", {linkEnds, "tcpdump", version});
    LinkProgram run(geteuid() == 0 ? asOrdinaryUser(folder.path(), command) : command);
    WAIT_FOR_LINK(run);
    QMap<QString, int> replies; // by device
    for (const QString &line : run.output().split('\n')) {
        if (line.contains(" > " + client + '.') && line.endsWith("length 11"))
            ++replies[line.section(' ', 0, 0)];
    }
    QCOMPARE(replies, (QMap<QString, int>{{"client0", 1}, {"server0", 2}}));
}

void TestLink::theSameSeed()
{
    const QString rules = "loss 15%; duplicate 20%; corrupt 10%; seed %1";
    QStringList fates;
    for (const int seed : {7, 7, 8}) {
        LinkProgram run(inLab(rules.arg(seed), {linkEnds, "fates", "8"}));
        WAIT_FOR_LINK(run);
        fates.append(run.output());
    }
    QVERIFY2(fates.constFirst().contains("lost by chance"), qPrintable(fates.constFirst()));
    QCOMPARE(fates.at(1), fates.at(0));
    QVERIFY(fates.at(2) != fates.at(0));
}

void TestLink::statusOfTheCommand_data()
{
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<int>("status");
    QTest::newRow("its own") << QStringList{"sh", "-c", "echo \"$TCPSTEPS_LINK\"; cat; exit 7"} << 7;
    QTest::newRow("a signal") << QStringList{"sh", "-c", "echo \"$TCPSTEPS_LINK\"; kill -KILL $$"} << 137;
    QTest::newRow("not found") << QStringList{"/nonexistent"} << 127;
}

void TestLink::statusOfTheCommand()
{
    QFETCH(const QStringList, command);
    LinkProgram run(inLab({}, command));
    QTRY_VERIFY(run.process().state() == QProcess::Running);
    run.process().write("input\n");
    run.process().closeWriteChannel();
    QTRY_VERIFY(!run.isRunning());
    if (!run.obstacle().isEmpty())
        SKIP_OR_FAIL(run.obstacle());
    QTEST(run.status(), "status");
    const QFileInfo socket(run.output().section('\n', 0, 0));
    QVERIFY(!socket.exists());
    QVERIFY(run.output().isEmpty() || !socket.dir().exists());
    QCOMPARE(run.output().contains("input"), command.contains("sh") && command.last().contains("cat"));
}

void TestLink::aSignalEndsTheCommand()
{
    LinkProgram run(inLab({}, {"sh", "-c", "trap 'echo ended; exit 3' TERM; echo \"$TCPSTEPS_LINK\"; read line"}));
    QTRY_VERIFY(run.output().contains('\n') || !run.isRunning());
    if (!run.obstacle().isEmpty())
        SKIP_OR_FAIL(run.obstacle());
    const QString socket = run.output().trimmed();
    QVERIFY(QFile::exists(socket));
    run.process().terminate();
    QTRY_VERIFY(!run.isRunning());
    QCOMPARE(run.status(), 3);
    QVERIFY(run.output().endsWith("\nended\n"));
    QVERIFY(!QFile::exists(QFileInfo(socket).path()));
}

/// Then the lab works on loopback, as it does without a link.
void TestLink::withoutTun()
{
    if (geteuid() != 0 || !QFile::exists("/dev/net/tun"))
        SKIP(u"only root can hide /dev/net/tun"_s);
    LinkProgram run(lackingTun(headlessPair({})));
    QTRY_VERIFY(!run.isRunning());
    if (run.errors().contains("forbids: "))
        SKIP_OR_FAIL(run.errors());
    QCOMPARE(run.status(), 0);
    QVERIFY2(run.errors().contains("server_gui: the lab has no emulated network, only loopback: the TUN device client0 "
                                   "cannot be made: Inappropriate ioctl for device\n"),
             qPrintable(run.errors()));
    QVERIFY(run.output().startsWith(steps));
    QVERIFY(run.output().contains(" IP 127.0.0.1."));
}

/// Elsewhere, the link would change a network that others use.
void TestLink::onlyInItsOwnNetwork()
{
    const QString script =
        u"ip tuntap add other mode tun && ip link set other up && ip rule && \"$0\" --link -- ip rule"_s;
    LinkProgram run({labScript, "sh", "-c", script, SERVER_GUI});
    QTRY_VERIFY(!run.isRunning());
    if (run.errors().contains("forbids: ") || !run.errors().contains("server_gui"))
        SKIP_OR_FAIL(run.errors());
    QVERIFY2(run.errors().contains("only loopback: this network already has the device other\n"),
             qPrintable(run.errors()));
    const QString rules = run.output().first(run.output().size() / 2);
    QVERIFY(rules.contains("lookup local"));
    QCOMPARE(run.output(), rules + rules);
}

void TestLink::rulesWithoutTun()
{
    if (geteuid() != 0 || !QFile::exists("/dev/net/tun"))
        SKIP(u"only root can hide /dev/net/tun"_s);
    LinkProgram run(lackingTun(headlessPair("loss 2%")));
    QTRY_VERIFY(!run.isRunning());
    if (run.errors().contains("forbids: "))
        SKIP_OR_FAIL(run.errors());
    QCOMPARE(run.status(), 1);
    QVERIFY(run.errors().endsWith("The rules of --network have no effect without the emulated network.\n"));
    QCOMPARE(run.output(), "");
}

void TestLink::wrongRules()
{
    LinkProgram run(headlessPair("lose 2%"));
    QTRY_VERIFY(!run.isRunning());
    if (run.errors().contains("forbids: "))
        SKIP_OR_FAIL(run.errors());
    QCOMPARE(run.status(), 2);
    QVERIFY2(run.errors().startsWith("server_gui: --network: “lose 2%”: a rule begins with "),
             qPrintable(run.errors()));
}

#include "tst_link.moc"
