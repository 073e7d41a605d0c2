// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/endfiles.h"
#include "support/registertest.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

/// A translator between the ends changes addresses, ports and sequence numbers: the connections are told by their
/// bytes, which are read from the files.
class TestTranslators : public QObject
{
    Q_OBJECT

private slots:
    void numbers_data();
    void numbers();
    void snapLengths_data();
    void snapLengths();
    void alike_data();
    void alike();

private:
    QString path(const char *name) const { return m_folder.filePath(QLatin1StringView(name)); }

    QTemporaryDir m_folder;
};

namespace {

const SocketAddress outside{.address = {203, 0, 113, 7}, .port = 61000};
const SocketAddress serverInside{.address = {10, 0, 0, 2}, .port = 8700};

constexpr quint32 headerBytes = 40; ///< of IP and TCP

/// How a translator changes numbers: what it adds, by Side of their stream.
using AddedNumbers = std::array<quint32, 2>;

/// The segments of the server's capture, behind the translator.
std::vector<FileSegment> translated(std::vector<FileSegment> segments, const AddedNumbers &added,
                                    const SocketAddress &client = outside)
{
    for (FileSegment &one : segments) {
        Segment &segment = one.segment;
        const size_t sender = segment.source.port == 8700 ? 1 : 0;
        (sender == 0 ? segment.source : segment.destination) = client;
        (sender == 0 ? segment.destination : segment.source) = serverInside;
        segment.sequence += added[sender];
        if (segment.has(Segment::Ack))
            segment.acknowledgement += added[1 - sender];
        for (const size_t edge : {4, 8}) { // as SegmentScript writes SACK
            quint8 *at = segment.options.data() + edge;
            if (segment.optionBytes == 12)
                qToBigEndian(qFromBigEndian<quint32>(at) + added[1 - sender], at);
        }
    }
    return segments;
}

EndFiles filesOf(const QString &script, quint16 clientPort = 51964)
{
    return {.ends = BothEnds::of(u"c> S, s> SA after=10, c> A after=10, "_s + script,
                                 SegmentScript(1000, 2000, clientPort)),
            .streams = {numberedLines("client's line", 2000), numberedLines("server's line", 2000)}};
}

/// One of several connections that are alike, whose client sends first this and then `rest`.
struct Alike {
    qsizetype sameBytes = 0;
    QByteArray rest;
    bool isAtClient = true; ///< it is in the client's capture
    bool isAtServer = true;
    bool isJoined = true; ///< it should be
};

EndFiles filesOf(const Alike &alike, quint16 clientPort)
{
    const QString length = QString::number(alike.sameBytes + alike.rest.size());
    EndFiles files = filesOf(u"c> PA %1, s> PA 50 after=10, c> FA after=10, s> FA, c> A"_s.arg(length), clientPort);
    files.streams[0] = numberedLines("the same", alike.sameBytes) + alike.rest;
    return files;
}

/// Everything about a joint flow that does not depend on addresses and numbers.
QStringList rowsOf(const Flow &flow)
{
    QStringList rows;
    for (qsizetype row = 0; row < flow.count(); ++row) {
        const FlowSegment &segment = flow.at(row);
        const Transit &transit = flow.transits()->rows[size_t(row)];
        rows.append(
            u"%1 %2:%3 ack %4 flags %5 notes %6 states %7 %8 at %9"_s.arg(int(segment.sender))
                .arg(segment.start())
                .arg(segment.end())
                .arg(segment.acknowledged)
                .arg(segment.flags)
                .arg(segment.notes, 0, 16)
                .arg(int(segment.senderState))
                .arg(int(segment.receiverState))
                .arg(transit.departureUs) +
            u" to %1 fate %2 captured %3"_s.arg(transit.arrivalUs).arg(int(transit.fate)).arg(segment.capturedLength));
    }
    return rows;
}

} // namespace

void TestTranslators::numbers_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<AddedNumbers>("added");

    const QString loss = u"c> PA 100, c> PA 100 lost, c> PA 100, s> A ack=100 after=10 sack=200-300, "_s;
    const QString healed =
        loss + u"c> PA 100 seq=100 after=200, s> A after=10, s> PA 700, c> FA after=9, s> FA, c> A"_s;
    // Only the SACK shows that the server accepts this RST, which is in the middle of a segment.
    const QString reset =
        u"c> PA 100, c> PA 100 lost, c> PA 100, s> A ack=100 after=10 sack=200-250, c> R seq=250 after=20"_s;
    const QString onlyServer = u"s> PA 80, c> A after=10"_s;
    constexpr quint32 some = 0x12345678;
    constexpr quint32 many = 0xfffffd00; // they wrap
    for (const auto &[name, script] :
         {std::pair("a loss", healed), std::pair("a reset", reset), std::pair("the server's bytes", onlyServer)}) {
        QTest::addRow("%s, the client's numbers", name) << script << AddedNumbers{some, 0};
        QTest::addRow("%s, the server's numbers", name) << script << AddedNumbers{0, many};
        QTest::addRow("%s, the numbers of both", name) << script << AddedNumbers{many, some};
    }
}

void TestTranslators::numbers()
{
    QFETCH(const QString, script);
    QFETCH(const AddedNumbers, added);
    const EndFiles files = filesOf(script);
    EndFiles::write(path("client.pcap"), files.segmentsAt(Side::Client));
    EndFiles::write(path("server.pcap"), files.segmentsAt(Side::Server));
    EndFiles::write(path("translated.pcap"), translated(files.segmentsAt(Side::Server), added));
    const auto plain = jointOfFiles(path("client.pcap"), path("server.pcap"));
    const auto joint = jointOfFiles(path("client.pcap"), path("translated.pcap"));
    QCOMPARE(joint->error(), QString());
    QCOMPARE(joint->flows().count(), 1);
    const Flow &flow = joint->flows().at(0);
    const Flow &plainFlow = plain->flows().at(0);
    QCOMPARE(rowsOf(flow), rowsOf(plainFlow));
    for (qsizetype row = 0; row < flow.count(); ++row) {
        QCOMPARE(flow.at(row).sequence, plainFlow.at(row).sequence);
        QCOMPARE(flow.at(row).acknowledgement, plainFlow.at(row).acknowledgement);
    }
    QCOMPARE(flow.address(Side::Client).text(), u"127.0.0.1:51964"_s);
    QCOMPARE(flow.address(Side::Server).text(), u"10.0.0.2:8700"_s);
    QCOMPARE(flow.transits()->seenAs[0], outside);
    QCOMPARE(flow.transits()->seenAs[1].text(), u"127.0.0.1:8700"_s);
    QCOMPARE(flow.headings().size(), plainFlow.headings().size());

    const auto other = jointOfFiles(path("translated.pcap"), path("client.pcap"));
    QCOMPARE(rowsOf(other->flows().at(0)), rowsOf(plainFlow));
}

/// One capture has less of each packet than the other.
void TestTranslators::snapLengths_data()
{
    QTest::addColumn<quint32>("first");
    QTest::addColumn<quint32>("second");
    QTest::addColumn<bool>("isJoined");

    QTest::newRow("less at the client") << headerBytes + 20 << 65535U << true;
    QTest::newRow("less at the server") << 65535U << headerBytes + 20 << true;
    QTest::newRow("little at both") << headerBytes + 20 << headerBytes + 1 << true;
    QTest::newRow("no payload at the client") << headerBytes << 65535U << false;
}

void TestTranslators::snapLengths()
{
    QFETCH(const quint32, first);
    QFETCH(const quint32, second);
    QFETCH(const bool, isJoined);
    const EndFiles files = filesOf(u"c> PA 100, s> PA 700 after=10, c> FA after=10, s> FA, c> A"_s);
    EndFiles::write(path("client.pcap"), files.segmentsAt(Side::Client), first);
    EndFiles::write(path("server.pcap"), translated(files.segmentsAt(Side::Server), {77, 0}), second);
    const auto joint = jointOfFiles(path("client.pcap"), path("server.pcap"));
    QCOMPARE(joint->error().isEmpty(), isJoined);
    if (!isJoined)
        return;
    // The payload is that of the file with more of it.
    const FlowSegment &request = joint->flows().at(0).at(3);
    QCOMPARE(request.length, 100U);
    QCOMPARE(request.capturedLength, std::min(100U, std::max(first, second) - headerBytes));
    QCOMPARE(request.payloadFile, first >= second ? 0 : 1);
}

/// Of connections with the same first bytes, only those are joined that something else tells apart.
void TestTranslators::alike_data()
{
    QTest::addColumn<QList<Alike>>("connections");

    QTest::newRow("the same bytes") << QList<Alike>{{100, "", true, true, false}, {100, "", true, true, false}};
    QTest::newRow("other bytes after the same ones") << QList<Alike>{{100, "one"}, {100, "two"}, {100, "six"}};
    QTest::newRow("other lengths") << QList<Alike>{{300, ""}, {400, ""}};
    QTest::newRow("the server's capture lacks the first")
        << QList<Alike>{{100, "one", true, false, false}, {100, "two"}};
    QTest::newRow("which one the server's capture lacks is not known")
        << QList<Alike>{{100, "", true, false, false}, {100, "", true, true, false}};
    QList<Alike> many;
    for (int i = 0; i < 500; ++i) // only their lengths differ, and those of each tenth do not
        many.append({1000 + (i % 10 == 0 ? 0 : i), "", true, true, i % 10 != 0});
    QTest::newRow("hundreds") << many;
    QTest::newRow("each capture has another one")
        << QList<Alike>{{300, "", true, false, false}, {400, "", false, true, false}};
}

void TestTranslators::alike()
{
    QFETCH(const QList<Alike>, connections);
    constexpr quint16 clientPort = 50000;
    constexpr quint16 outsidePort = 61000;
    std::array<std::vector<FileSegment>, 2> captures; // by Side
    int joined = 0;
    for (int i = 0; i < connections.size(); ++i) {
        const EndFiles files = filesOf(connections[i], quint16(clientPort + i));
        const SocketAddress seenAs{.address = outside.address, .port = quint16(outsidePort + i)};
        const auto add = [&](Side side, std::vector<FileSegment> segments) {
            for (FileSegment &one : segments) {
                one.segment.timeUs += i * qint64(1'000'000);
                captures[size_t(side)].push_back(one);
            }
        };
        if (connections[i].isAtClient)
            add(Side::Client, files.segmentsAt(Side::Client));
        if (connections[i].isAtServer)
            add(Side::Server, translated(files.segmentsAt(Side::Server), {1000U * quint32(i + 1), 5}, seenAs));
        joined += connections[i].isJoined ? 1 : 0;
    }
    EndFiles::write(path("client.pcap"), captures[0]);
    EndFiles::write(path("server.pcap"), captures[1]);
    const auto joint = jointOfFiles(path("client.pcap"), path("server.pcap"));
    QCOMPARE(joint->error().isEmpty(), joined > 0);
    for (int i = 0; i < joint->flows().count(); ++i) {
        const Flow &flow = joint->flows().at(i);
        if (!flow.transits())
            continue;
        const int which = flow.address(Side::Client).port - clientPort;
        QCOMPARE(flow.transits()->seenAs[0].port, outsidePort + which);
        QVERIFY(connections[which].isJoined);
        --joined;
    }
    QCOMPARE(joined, 0);
}

REGISTER_TEST(TestTranslators)
#include "tst_translators.moc"
