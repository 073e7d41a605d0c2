// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capture/captureadvice.h"
#include "support/registertest.h"

#include <QTest>

/// What a user is told who may not capture, from the facts of a system.
class TestCaptureAdvice : public QObject
{
    Q_OBJECT

private slots:
    void advice_data();
    void advice();
    void theCommandForTcpdump();
    void factsOfThisSystem();
};

namespace {

/// A system on which alice captures with dumpcap, but for its own rights.
CaptureFacts debian()
{
    return {.distribution = "ubuntu debian",
            .user = "alice",
            .dumpcap = "/usr/bin/dumpcap",
            .group = "wireshark",
            .mayRun = true,
            .isMember = true,
            .hasRights = true};
}

template<typename F>
CaptureFacts with(CaptureFacts facts, F change)
{
    change(facts);
    return facts;
}

} // namespace

void TestCaptureAdvice::advice_data()
{
    QTest::addColumn<CaptureFacts>("facts");
    QTest::addColumn<QString>("reason"); // a part of it
    QTest::addColumn<QStringList>("commands");
    QTest::addColumn<QString>("afterwards");

    const QString join = "sudo usermod -aG wireshark alice";
    const QString logIn = "Then log out and in again.";
    const auto missing = [](CaptureFacts &facts) {
        facts.dumpcap.clear();
        facts.group.clear();
        facts.mayRun = facts.isMember = facts.hasRights = false;
    };
    const auto on = [&missing](const QString &distribution) {
        CaptureFacts facts = with(debian(), missing);
        facts.distribution = distribution;
        return facts;
    };

    QTest::newRow("Debian, not installed")
        << on("debian") << "dumpcap, which captures for ordinary users, is not installed"
        << QStringList{"sudo apt install wireshark-common", "sudo dpkg-reconfigure wireshark-common", join}
        << QString("Answer Yes to its question. " + logIn);
    QTest::newRow("Fedora, not installed")
        << on("fedora") << "is not installed" << QStringList{"sudo dnf install wireshark-cli", join} << logIn;
    QTest::newRow("a child of Red Hat's, not installed")
        << on("rocky rhel centos fedora") << "is not installed" << QStringList{"sudo dnf install wireshark-cli", join}
        << logIn;
    QTest::newRow("Arch, not installed") << on("arch") << "is not installed"
                                         << QStringList{"sudo pacman -S wireshark-cli", join} << logIn;
    QTest::newRow("openSUSE, not installed") << on("opensuse-tumbleweed opensuse suse") << "is not installed"
                                             << QStringList{"sudo zypper install wireshark", join} << logIn;
    QTest::newRow("Alpine, not installed")
        << on("alpine") << "is not installed" << QStringList{"sudo apk add wireshark-common", join} << logIn;
    QTest::newRow("a distribution nobody knows, not installed")
        << on("hannah-montana") << "is not installed" << QStringList() << "Install dumpcap: it comes with Wireshark.";

    QTest::newRow("Debian, installed and its question answered with No")
        << with(debian(),
                [](CaptureFacts &facts) {
                    facts.group.clear();
                    facts.hasRights = facts.isMember = false;
                })
        << "dumpcap is installed (/usr/bin/dumpcap), but it does not have the right"
        << QStringList{"sudo dpkg-reconfigure wireshark-common", join}
        << QString("Answer Yes to its question. " + logIn);
    QTest::newRow("Debian, No, but a member")
        << with(debian(), [](CaptureFacts &facts) { facts.hasRights = false; }) << "it does not have the right"
        << QStringList{"sudo dpkg-reconfigure wireshark-common"} << "Answer Yes to its question. ";
    QTest::newRow("elsewhere, without capabilities")
        << with(debian(),
                [](CaptureFacts &facts) {
                    facts.distribution = "gentoo";
                    facts.dumpcap = "/usr/local/bin/dumpcap";
                    facts.hasRights = false;
                })
        << "it does not have the right"
        << QStringList{"sudo setcap cap_net_raw,cap_net_admin+eip /usr/local/bin/dumpcap"} << "";
    QTest::newRow("not a member of the group")
        << with(debian(), [](CaptureFacts &facts) { facts.mayRun = facts.isMember = false; })
        << "only members of the group wireshark may run it, and alice is not one" << QStringList{join} << logIn;
    QTest::newRow("a group of another name")
        << with(debian(),
                [](CaptureFacts &facts) {
                    facts.group = "pcap";
                    facts.mayRun = facts.isMember = false;
                })
        << "members of the group pcap" << QStringList{"sudo usermod -aG pcap alice"} << logIn;
    QTest::newRow("a member since this session began")
        << with(debian(), [](CaptureFacts &facts) { facts.mayRun = false; }) << "was not yet when this session began"
        << QStringList() << "Log out and in again.";
    QTest::newRow("no_new_privs") << with(debian(), [](CaptureFacts &facts) { facts.mayGain = false; })
                                  << "no_new_privs" << QStringList() << "";
    QTest::newRow("a container without CAP_NET_RAW")
        << with(on("debian"), [](CaptureFacts &facts) { facts.isBounded = true; }) << "CAP_NET_RAW" << QStringList()
        << "";
    QTest::newRow("all is well, and yet it fails")
        << with(debian(), [](CaptureFacts &facts) { facts.dumpcapSaid = "The moon is full."; })
        << "dumpcap (/usr/bin/dumpcap) does not capture. It says: The moon is full." << QStringList() << "";
    QTest::newRow("another system") << CaptureFacts{.isLinux = false} << "without the right to capture" << QStringList()
                                    << "";
}

void TestCaptureAdvice::advice()
{
    QFETCH(const CaptureFacts, facts);
    QFETCH(const QString, reason);
    const CaptureProblem problem = CaptureAdvice::of(facts);
    QVERIFY(problem.isForbidden);
    QVERIFY2(problem.reason.contains(reason), qPrintable(problem.reason));
    QTEST(problem.commands, "commands");
    QTEST(problem.afterwards, "afterwards");
}

void TestCaptureAdvice::theCommandForTcpdump()
{
    QCOMPARE(CaptureAdvice::tcpdumpCommand(8701), "sudo tcpdump -i any -U -w /tmp/tcp-steps-8701.pcap tcp port 8701");
}

void TestCaptureAdvice::factsOfThisSystem()
{
    const CaptureFacts facts = CaptureAdvice::collect();
    QVERIFY(!facts.user.isEmpty());
#ifdef Q_OS_LINUX
    QVERIFY(facts.isLinux);
    QVERIFY(!facts.dumpcap.isEmpty() || !facts.mayRun);
#endif
}

REGISTER_TEST(TestCaptureAdvice)
#include "tst_captureadvice.moc"
