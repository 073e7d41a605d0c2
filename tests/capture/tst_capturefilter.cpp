// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capture/capture.h"
#include "capture/capturefilter.h"
#include "support/icmpscript.h"
#include "support/privatenetwork.h"
#include "support/registertest.h"
#include "support/skip.h"
#include "support/tunpeer.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <pcap/pcap.h>

using namespace Packets;

/// Which packets a live capture takes.
class TestCaptureFilter : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void packets_data();
    void packets();
    void live_data();
    void live();

private:
    TunPeer m_peer;
    QString m_noPeer; ///< why there is none
};

namespace {

constexpr quint16 filteredPort = 8700;
const QByteArray ours = Tcp{.from = 40000, .to = filteredPort}.bytes();
const QByteArray others = Tcp{.from = 40000, .to = 8701}.bytes();

/// Whether the filter takes a packet of a link type.
bool takes(int linkType, const QByteArray &packet)
{
    const std::unique_ptr<pcap_t, decltype(&pcap_close)> dead(pcap_open_dead(linkType, 262144), pcap_close);
    bpf_program program = {};
    const QByteArray filter = CaptureFilter::ofPort(filteredPort);
    if (pcap_compile(dead.get(), &program, filter.constData(), 1, PCAP_NETMASK_UNKNOWN) != 0)
        qFatal("%s", pcap_geterr(dead.get()));
    pcap_pkthdr header = {};
    header.caplen = header.len = bpf_u_int32(packet.size());
    const bool isTaken =
        pcap_offline_filter(&program, &header, reinterpret_cast<const u_char *>(packet.constData())) != 0;
    pcap_freecode(&program);
    return isTaken;
}

} // namespace

void TestCaptureFilter::initTestCase()
{
    m_noPeer = PrivateNetwork::enter() ? m_peer.open() : QStringLiteral("no private network is permitted here");
}

void TestCaptureFilter::packets_data()
{
    QTest::addColumn<QByteArray>("packet");
    QTest::addColumn<bool>("isTaken");

    const QByteArray options = QByteArray::fromHex("0101010101010100");
    const QByteArray answers = Tcp{.from = filteredPort, .to = 40000}.bytes();
    const auto row = [](const char *name, const QByteArray &packet, bool isTaken) {
        QTest::newRow(name) << packet << isTaken;
    };
    const auto v4 = [&](int type, const QByteArray &quoted, const QByteArray &before = {}) {
        return ip4(icmp(type, 3, 0, quoted), 1, before);
    };
    const auto v6 = [](int type, const QByteArray &quoted) { return ip6(icmp(type, 0, 0, quoted), 58); };
    row("a segment", ip4(ours), true);
    row("a segment, IPv6", ip6(answers), true);
    row("another port", ip4(others), false);
    row("unreachable", v4(3, ip4(ours)), true);
    row("unreachable, of the server", v4(3, ip4(answers)), true);
    row("unreachable, eight bytes", v4(3, ip4(ours).first(28)), true);
    row("time exceeded", v4(11, ip4(ours)), true);
    row("parameter problem", v4(12, ip4(ours)), true);
    row("source quench", v4(4, ip4(ours)), true);
    row("redirect", v4(5, ip4(ours)), true);
    row("about a packet with IP options", v4(3, ip4(ours, 6, options)), true);
    row("with IP options", v4(3, ip4(ours), options), true);
    row("about another port", v4(3, ip4(others)), false);
    row("about another port, with IP options", v4(3, ip4(others, 6, options)), false);
    row("about UDP", v4(3, ip4(udp({}, filteredPort), 17)), false);
    row("echo request", v4(8, ip4(ours)), false);
    row("cut off", v4(3, ip4(ours).first(21)), false);
    row("unreachable, IPv6", v6(1, ip6(ours)), true);
    row("too big, IPv6", v6(2, ip6(answers)), true);
    row("time exceeded, IPv6", v6(3, ip6(ours).first(48)), true);
    row("parameter problem, IPv6", v6(4, ip6(ours)), true);
    row("a type without a name, IPv6", v6(5, ip6(ours)), true);
    row("the last type of an error, IPv6", v6(127, ip6(ours)), true);
    row("about another port, IPv6", v6(1, ip6(others)), false);
    row("about UDP, IPv6", v6(1, ip6(udp({}, filteredPort), 17)), false);
    row("echo request, IPv6", v6(128, ip6(ours)), false);
}

void TestCaptureFilter::packets()
{
    QFETCH(const QByteArray, packet);
    QFETCH(const bool, isTaken);
    for (const int linkType : {1, 12, 113, 276})
        QCOMPARE(takes(linkType, framed(linkType, packet)), isTaken);
}

void TestCaptureFilter::live_data()
{
    QTest::addColumn<QString>("interface");
    QTest::addColumn<quint8>("way");

    QTest::newRow("libpcap") << QStringLiteral("peer0") << quint8(CaptureRequest::Libpcap);
    QTest::newRow("libpcap, any interface") << QStringLiteral("any") << quint8(CaptureRequest::Libpcap);
    QTest::newRow("dumpcap") << QStringLiteral("peer0") << quint8(CaptureRequest::Dumpcap);
}

/// The kernel's attempt to connect is answered by a router and by another host. One error is about another port.
void TestCaptureFilter::live()
{
    QFETCH(const QString, interface);
    QFETCH(const quint8, way);
    if (!m_noPeer.isEmpty())
        SKIP_OR_FAIL(m_noPeer);
    Capture capture;
    std::vector<Segment> captured;
    std::optional<CaptureProblem> problem;
    QSignalSpy started(&capture, &Capture::started);
    connect(&capture, &Capture::filled, this, [&] {
        for (const Segment &segment : capture.take())
            captured.push_back(segment);
    });
    connect(&capture, &Capture::failed, this, [&](const CaptureProblem &why) { problem = why; });
    capture.start({.interface = interface, .port = filteredPort, .ways = way});
    QTRY_VERIFY(started.count() > 0 || problem);
    if (problem)
        SKIP_OR_FAIL(problem->reason);

    static quint16 near = 21000;
    SegmentScript script;
    script.address(Side::Client) = TunPeer::near(++near);
    script.address(Side::Server) = TunPeer::far(filteredPort);
    const Segment syn = script.segment(QStringLiteral("c> S"));
    Segment other = syn;
    other.destination.port = filteredPort + 1;
    for (const QString &line : {QStringLiteral("!host by 254"), QStringLiteral("!port")}) {
        m_peer.send(errorPacketOf(errorSegment(script, line, other), other));
        m_peer.send(errorPacketOf(errorSegment(script, line, syn), syn));
    }
    QTRY_COMPARE(captured.size(), size_t(2));
    QCOMPARE(captured[0].icmp()->name(), QLatin1StringView("host unreachable"));
    QCOMPARE(captured[0].icmp()->reporterText(), QStringLiteral("192.0.2.254"));
    QCOMPARE(captured[1].icmp()->name(), QLatin1StringView("port unreachable"));
    QCOMPARE(captured[1].destination, syn.source);
}

REGISTER_TEST(TestCaptureFilter)
#include "tst_capturefilter.moc"
