// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladder/ladderlayout.h"
#include "ladder/ladderlegend.h"
#include "ladder/laddermodel.h"
#include "ladder/ladderrows.h"
#include "ladder/ladderscroll.h"
#include "support/laddercases.h"
#include "support/registertest.h"

#include <QRandomGenerator>
#include <QTest>

#include <limits>

using namespace Qt::Literals::StringLiterals;

/// Where things stand, in numbers.
class TestLadderLayout : public QObject
{
    Q_OBJECT

private slots:
    void columns_data();
    void columns();
    void arrows();
    void lostArrow();
    void legendOfSteps();
    void crossing_data();
    void crossing();
    void bands();
    void gap();
    void labelsWrapBeforeTheyGetShorter();
    void labelsHaveTheRoomThereIs_data();
    void labelsHaveTheRoomThereIs();
    void textsWrapAtWords();
    void headingsLeaveLifelinesFree_data();
    void headingsLeaveLifelinesFree();
    void noLabelsOverlap_data();
    void noLabelsOverlap();
    void heightsAddUp();
    void looksAtWhatIsSeen();
    void hits();
    void headerKeepsApart_data();
    void headerKeepsApart();
    void headerSaysWhatItsStatesAre();
    void addressesKeepTheirPorts();
    void legendOnTheScreen_data();
    void legendOnTheScreen();
    void scrollsByRows_data();
    void scrollsByRows();
    void scrollsWithinAHighRow();
    void wrapped_data();
    void wrapped();
    void elided_data();
    void elided();
};

namespace {

constexpr double endless = std::numeric_limits<double>::max();

LadderLayout layoutOf(const LadderModel &model, double width, int *asked = nullptr)
{
    const auto row = [&model, asked](LadderIndex index) {
        if (asked)
            ++*asked;
        return LadderRows::make(model, index);
    };
    const LadderColumns::Content content{.hasSteps = model.recording().stepCount() > 0};
    return {{model.count(), row, {model.address(Side::Client), model.address(Side::Server)}, content},
            TextMetrics(),
            width};
}

QString named(const LadderLabel &label)
{
    return u"%1 (%2, %3, %4 × %5)"_s.arg(label.text)
        .arg(label.rect.x())
        .arg(label.rect.y())
        .arg(label.rect.width())
        .arg(label.rect.height());
}

/// Nothing where each label is inside of the scene and by itself.
QString overlap(const LadderScene &scene)
{
    for (size_t i = 0; i < scene.labels.size(); ++i) {
        const LadderLabel &label = scene.labels[i];
        if (label.rect.left() < 0 || label.rect.right() > scene.width + 0.01)
            return named(label) + u" is outside"_s;
        for (size_t j = i + 1; j < scene.labels.size(); ++j) {
            const QRectF common = label.rect.intersected(scene.labels[j].rect);
            if (common.width() > 0.01 && common.height() > 0.01)
                return named(label) + u" and "_s + named(scene.labels[j]);
        }
    }
    return {};
}

/// A conversation in which anything may happen.
std::vector<Segment> randomSegments(QRandomGenerator &random)
{
    QStringList script{u"c> S"_s, u"s> SA"_s, u"c> A"_s};
    const int count = random.bounded(40);
    for (int i = 0; i < count; ++i) {
        const QStringList flags{u"PA"_s, u"A"_s, u"FA"_s, u"RA"_s, u"SA"_s, u"FPA"_s, u"."_s};
        QString line = (random.bounded(2) == 0 ? u"c> "_s : u"s> "_s) + flags[random.bounded(int(flags.size()))];
        if (random.bounded(2) == 0)
            line += u" %1"_s.arg(random.bounded(1, 100'000));
        if (random.bounded(5) == 0)
            line += u" seq=%1"_s.arg(random.bounded(100));
        if (random.bounded(3) == 0)
            line += u" ack=%1"_s.arg(random.bounded(50));
        if (random.bounded(5) == 0)
            line += u" win=0"_s;
        script.append(line);
    }
    std::vector<Segment> segments = SegmentScript(random.generate(), random.generate()).segments(script.join(u','));
    qint64 late = 0;
    for (Segment &segment : segments) {
        late += random.bounded(4) == 0 ? random.bounded(90'000'000) : 0;
        segment.timeUs += late;
    }
    return segments;
}

void addRandomSteps(LadderCase &all, QRandomGenerator &random, qint64 untilUs)
{
    const int count = random.bounded(30);
    std::array<qint64, 2> offsets{};
    for (int i = 0; i < count; ++i) {
        const Side side = random.bounded(4) == 0 ? Side::Server : Side::Client;
        const auto kind = StepKind(random.bounded(int(StepKind::Stopped)));
        const QByteArray payload = QByteArray("Grüße 漢字 x").repeated(random.bounded(20));
        qint64 &offset = offsets[(side == Side::Client) == (kind == StepKind::Send) ? 0 : 1];
        all.add(side, kind, i + 1, SegmentScript::firstUs + random.bounded(untilUs - SegmentScript::firstUs), payload,
                offset);
        offset += payload.size() + 1;
    }
}

} // namespace

void TestLadderLayout::columns_data()
{
    QTest::addColumn<double>("width");
    QTest::addColumn<LadderColumns::Content>("content");
    QTest::addColumn<bool>("narrow");
    const LadderColumns::Content all;
    QTest::newRow("nothing at all") << 0.0 << all << true;
    QTest::newRow("300 px") << 300.0 << all << true;
    QTest::newRow("a tab in a window of 640 px") << 600.0 << all << false;
    QTest::newRow("1400 px") << 1400.0 << all << false;
    QTest::newRow("a capture, 450 px") << 450.0 << LadderColumns::Content{.hasSteps = false} << true;
    QTest::newRow("a capture, 600 px") << 600.0 << LadderColumns::Content{.hasSteps = false} << false;
    QTest::newRow("a capture, 1400 px") << 1400.0 << LadderColumns::Content{.hasSteps = false} << false;
    QTest::newRow("a session, 700 px") << 700.0 << LadderColumns::Content{.hasSegments = false} << false;
}

void TestLadderLayout::columns()
{
    QFETCH(const double, width);
    QFETCH(const LadderColumns::Content, content);
    QFETCH(const bool, narrow);
    const TextMetrics metrics;
    const LadderColumns columns(metrics, width, content);
    QCOMPARE(columns.isNarrow, narrow);
    QCOMPARE(columns.clientX, columns.width - columns.serverX);
    QVERIFY(columns.laneWidth() > 5 * metrics.lineHeight);
    QVERIFY(columns.textWidth > 4 * metrics.lineHeight);
    for (const Side side : {Side::Client, Side::Server}) {
        const double left = columns.textLeft(side, columns.textWidth);
        QVERIFY(left >= 0);
        QVERIFY(left + columns.textWidth <= columns.width);
        const bool between = left > columns.clientX && left + columns.textWidth < columns.serverX;
        QCOMPARE(between, narrow);
    }
}

void TestLadderLayout::arrows()
{
    LadderCase all;
    all.recording.addSegments(SegmentScript().segments(conversation));
    LadderModel model(all.recording);
    model.showFlow(0);
    const LadderLayout layout = layoutOf(model, 800);
    const LadderScene scene = layout.scene(LadderIndex(0), 0, endless);
    QCOMPARE(scene.arrows.size(), 11);
    double above = 0;
    for (const LadderArrow &arrow : scene.arrows) {
        const Side sender = LadderRows::make(model, arrow.row).sender;
        QCOMPARE(arrow.tail.x(), layout.columns().x(sender));
        QCOMPARE(arrow.head.x(), layout.columns().x(otherEnd(sender)));
        QCOMPARE(arrow.head.y() - arrow.tail.y(), layout.columns().slant()); // not measured, so always the same
        QVERIFY(arrow.tail.y() > above);
        above = arrow.head.y();
        QCOMPARE(arrow.isDashed, false);
    }
    QCOMPARE(scene.arrows[3].carriesBytes, true);
    QVERIFY(scene.arrows[0].flags & Segment::Syn);
}

void TestLadderLayout::lostArrow()
{
    LadderCase all;
    all.recording.addSegments(SegmentScript().segments(u"c> S, c> S seq=-1, s> SA"_s));
    LadderModel model(all.recording);
    model.showFlow(0);
    const LadderLayout layout = layoutOf(model, 800);
    const LadderScene scene = layout.scene(LadderIndex(0), 0, endless);
    QCOMPARE(scene.arrows.size(), 3);
    QCOMPARE(scene.arrows[0].arrival, LadderRow::Arrival::Lost);
    QCOMPARE(scene.arrows[0].head.x(), scene.width / 2);
    QCOMPARE(scene.arrows[0].head.y() - scene.arrows[0].tail.y(), layout.columns().slant() / 2);
    QCOMPARE(scene.arrows[1].arrival, LadderRow::Arrival::Arrived);
    QCOMPARE(scene.arrows[1].head.x(), layout.columns().x(Side::Server));
}

/// Every way in which a shown state is known is explained.
void TestLadderLayout::legendOfSteps()
{
    LadderCase all;
    all.addSteps(Side::Client, SegmentScript::firstUs);
    LadderModel model(all.recording);
    model.showConnection(1);
    LadderScene scene = layoutOf(model, 800).scene(LadderIndex(0), 0, endless);
    addLadderLegend(scene, TextMetrics());
    QStringList legend;
    for (const LadderLabel &label : scene.labels) {
        if (label.kind == LadderLabel::Kind::Legend)
            legend.append(label.text);
    }
    QCOMPARE(legend.mid(0, 2), (QStringList{u"state inferred from the steps"_s, u"dashed: inferred, not seen"_s}));
}

void TestLadderLayout::crossing_data()
{
    QTest::addColumn<double>("width");
    QTest::newRow("narrow") << 300.0;
    QTest::newRow("wide") << 900.0;
}

void TestLadderLayout::crossing()
{
    QFETCH(const double, width);
    LadderCase all;
    all.recording.addSegments(SegmentScript().segments(u"c> S, s> SA, c> A, c> FA, s> FA ack=0, c> A, s> A"_s));
    LadderModel model(all.recording);
    model.showFlow(0);
    const LadderLayout layout = layoutOf(model, width);
    const LadderScene scene = layout.scene(LadderIndex(0), 0, endless);
    for (size_t i = 1; i < scene.arrows.size(); ++i) {
        const bool crosses = scene.arrows[i].tail.y() < scene.arrows[i - 1].head.y();
        QCOMPARE(crosses, i == 4); // only where it is proved
    }
    QVERIFY(scene.arrows[4].tail.y() > scene.arrows[3].tail.y());
    QCOMPARE(overlap(scene), QString());
    QCOMPARE(layout.height(LadderIndex(4)), 0.0);
    // Beginning with the second of the two shows both.
    QCOMPARE(layout.scene(LadderIndex(4), 0, 1).arrows.size(), 2);
    // On the server's lifeline its own FIN comes first.
    QList<TcpState> states;
    for (const LadderBand &band : scene.bands) {
        if (band.side == Side::Server && (states.isEmpty() || states.last() != band.state.state))
            states.append(band.state.state);
    }
    using enum TcpState;
    QCOMPARE(states, (QList<TcpState>{Listen, SynReceived, Established, FinWait1, Closing, TimeWait}));
}

void TestLadderLayout::bands()
{
    LadderCase all;
    all.recording.addSegments(SegmentScript().segments(conversation));
    LadderModel model(all.recording);
    model.showFlow(0);
    for (const double width : {300.0, 900.0}) {
        const LadderScene scene = layoutOf(model, width).scene(LadderIndex(0), 10, endless);
        for (const Side side : {Side::Client, Side::Server}) {
            double y = 10;
            for (const LadderBand &band : scene.bands) {
                if (band.side != side)
                    continue;
                QCOMPARE(band.top, y); // no hole, no overlap
                y = band.bottom;
            }
            QCOMPARE(y, scene.bottom);
        }
    }
}

void TestLadderLayout::gap()
{
    LadderCase all;
    auto segments = SegmentScript().segments(u"c> S, s> SA"_s);
    segments[1].timeUs = segments[0].timeUs + 1'001'400;
    all.recording.addSegments(segments);
    LadderModel model(all.recording);
    model.showFlow(0);
    const LadderScene scene = layoutOf(model, 800).scene(LadderIndex(0), 0, endless);
    const auto label = std::ranges::find(scene.labels, LadderLabel::Kind::Gap, &LadderLabel::kind);
    QVERIFY(label != scene.labels.end());
    QCOMPARE(label->text, u"1.001 s"_s);
    QCOMPARE(std::ranges::count(scene.bands, true, &LadderBand::isGap), 2);
}

void TestLadderLayout::labelsWrapBeforeTheyGetShorter()
{
    LadderCase all;
    all.recording.addSegments(SegmentScript().segments(conversation));
    LadderModel model(all.recording);
    model.showFlow(0);
    model.setAbsolute(true);
    const auto linesAt = [&model](double width) {
        QStringList lines;
        for (const LadderLabel &label : layoutOf(model, width).scene(LadderIndex(3), 0, 1).labels) {
            if (label.kind == LadderLabel::Kind::Segment)
                lines += label.text;
        }
        return lines;
    };
    QCOMPARE(linesAt(1400), QStringList{u"PSH, ACK: seq 1001:1025, ack 2001, len 24"_s});
    QCOMPARE(linesAt(300), (QStringList{u"PSH, ACK: seq 1001:1025,"_s, u"ack 2001, len 24"_s})); // none much longer
    QCOMPARE(linesAt(185), (QStringList{u"PSH, ACK:"_s, u"seq 1001:1025,"_s, u"ack 2001, len 24"_s}));
    QCOMPARE(linesAt(170), (QStringList{u"PSH, ACK:"_s, u"seq 1001:1025,"_s, u"len 24"_s}));
}

void TestLadderLayout::labelsHaveTheRoomThereIs_data()
{
    QTest::addColumn<LadderColumns::Content>("content");
    QTest::addColumn<double>("width");
    QTest::addColumn<double>("minLane");
    QTest::addColumn<double>("minText");
    // In lines: an arrow's whole text takes some 26, "[2] Recv: Hi, server! I'm client." some 15.
    QTest::newRow("a capture at 700 px") << LadderColumns::Content{.hasSteps = false} << 43.7 << 24.0 << 7.0;
    QTest::newRow("a capture at 1100 px") << LadderColumns::Content{.hasSteps = false} << 68.7 << 45.0 << 7.0;
    QTest::newRow("a session at 700 px") << LadderColumns::Content{.hasSegments = false} << 43.7 << 10.0 << 14.5;
    QTest::newRow("both at 700 px") << LadderColumns::Content() << 43.7 << 15.0 << 11.5;
    QTest::newRow("both at 1100 px") << LadderColumns::Content() << 68.7 << 26.0 << 17.0;
}

void TestLadderLayout::labelsHaveTheRoomThereIs()
{
    QFETCH(const LadderColumns::Content, content);
    QFETCH(const double, width);
    QFETCH(const double, minLane);
    QFETCH(const double, minText);
    const TextMetrics metrics;
    const double line = metrics.lineHeight;
    const LadderColumns columns(metrics, width * line, content);
    QVERIFY2(columns.laneWidth() >= minLane * line, qPrintable(QString::number(columns.laneWidth() / line)));
    QVERIFY2(columns.textWidth >= minText * line, qPrintable(QString::number(columns.textWidth / line)));
}

void TestLadderLayout::textsWrapAtWords()
{
    LadderCase all;
    all.add(Side::Server, StepKind::Recv, 2, SegmentScript::firstUs, "Hi, server! I'm client.", 0);
    Step event = Step::event(Side::Server, StepKind::Partial, u"6 bytes wait for a NUL. They end with a newline."_s);
    event.connection = 1;
    all.steps.push_back(event);
    all.recording.addStep(event);
    LadderModel model(all.recording);
    model.showConnection(1);
    const LadderScene scene = layoutOf(model, 760).scene(LadderIndex(0), 0, endless);
    QStringList texts;
    for (const LadderLabel &label : scene.labels) {
        if (label.kind == LadderLabel::Kind::Step || label.kind == LadderLabel::Kind::Event) {
            texts += label.text;
            QCOMPARE(label.rect.height(), scene.unit * (1.2 + double(label.text.count(u'\n'))));
        }
    }
    QCOMPARE(texts, (QStringList{u"[2] Recv: Hi, server!\nI'm client."_s,
                                 u"6 bytes wait for a NUL.\nThey end with a newline."_s}));
    QCOMPARE(overlap(scene), QString());
}

void TestLadderLayout::headingsLeaveLifelinesFree_data()
{
    QTest::addColumn<double>("width");
    for (const int width : {200, 450, 600, 700, 1100})
        QTest::addRow("%d px", width) << double(width);
}

void TestLadderLayout::headingsLeaveLifelinesFree()
{
    QFETCH(const double, width);
    LadderCase all;
    all.recording.addSegments(
        SegmentScript().segments(u"c> S, s> SA, c> A, c> PA 24, s> A, c> FA, s> FA, c> A"_s)); // three-way
    LadderModel model(all.recording);
    model.showFlow(0);
    const LadderLayout layout = layoutOf(model, width);
    QString text;
    for (const LadderLabel &label : layout.scene(LadderIndex(0), 0, endless).labels) {
        if (label.kind != LadderLabel::Kind::Heading)
            continue;
        text += label.text + u' ';
        QVERIFY(label.rect.left() > layout.columns().clientX);
        QVERIFY(label.rect.right() < layout.columns().serverX);
    }
    if (width > 300)
        QVERIFY2(text.contains(u"The TCP three-way wave (the second FIN carries the ACK)"_s), qPrintable(text));
}

void TestLadderLayout::noLabelsOverlap_data()
{
    QTest::addColumn<double>("width");
    for (const int width : {0, 160, 300, 480, 531, 532, 560, 640, 900, 1400})
        QTest::addRow("%d px", width) << double(width);
}

void TestLadderLayout::noLabelsOverlap()
{
    QFETCH(const double, width);
    for (quint32 seed = 0; seed < 60; ++seed) {
        QRandomGenerator random(seed);
        LadderCase all;
        const std::vector<Segment> segments = randomSegments(random);
        if (seed % 5 != 0)
            all.recording.addSegments(segments);
        addRandomSteps(all, random, segments.back().timeUs);
        for (int i = random.bounded(4); i > 0; --i)
            all.recording.addState(1, {SegmentScript::firstUs + random.bounded(10'000), Side(random.bounded(2)),
                                       TcpState(random.bounded(11))});
        LadderModel model(all.recording);
        if (all.recording.stepCount() > 0)
            model.showConnection(1);
        else
            model.showFlow(all.recording.flows().count() - 1);
        model.setAbsolute(seed % 2 == 0);
        const LadderLayout layout = layoutOf(model, width);
        LadderScene scene = layout.scene(LadderIndex(0), layout.headerHeight(), endless);
        addLadderLegend(scene, TextMetrics());
        const LadderScene header = layout.header(model.count() > 0 ? model.statesBefore(LadderIndex(model.count() - 1))
                                                                   : std::array<LadderState, 2>());
        scene.labels.insert(scene.labels.end(), header.labels.begin(), header.labels.end());
        QVERIFY2(overlap(scene).isEmpty(), qPrintable(u"seed %1: %2"_s.arg(seed).arg(overlap(scene))));
    }
}

void TestLadderLayout::heightsAddUp()
{
    LadderCase all;
    all.recording.addSegments(SegmentScript().segments(conversation + u", c> PA 5, s> PA 5 ack=0"_s));
    all.addSteps(Side::Client, SegmentScript::firstUs);
    LadderModel model(all.recording);
    model.showConnection(1);
    const LadderLayout layout = layoutOf(model, 700);
    double sum = 0;
    for (qsizetype row = 0; row < model.count(); ++row)
        sum += layout.height(LadderIndex(row));
    QCOMPARE(layout.scene(LadderIndex(0), 0, endless).bottom, sum);
}

void TestLadderLayout::looksAtWhatIsSeen()
{
    int asked = 0;
    const LadderLayout layout({1'000'000,
                               [&asked](LadderIndex) {
                                   ++asked;
                                   LadderRow row;
                                   row.kind = LadderRow::Kind::Segment;
                                   row.labels.fill(u"ACK"_s);
                                   return row;
                               },
                               {}},
                              TextMetrics(), 800);
    const LadderScene scene = layout.scene(LadderIndex(500'000), 0, 800);
    QVERIFY(scene.rows.size() > 10);
    QVERIFY2(asked <= 3 * int(scene.rows.size()), qPrintable(QString::number(asked)));
}

void TestLadderLayout::hits()
{
    LadderCase all;
    all.recording.addSegments(SegmentScript().segments(conversation));
    all.addSteps(Side::Client, SegmentScript::firstUs);
    LadderModel model(all.recording);
    model.showConnection(1);
    const LadderScene scene = layoutOf(model, 900).scene(LadderIndex(0), 0, endless);
    for (const LadderLabel &label : scene.labels) {
        const LadderScene::Hit hit = scene.hitTest(label.rect.center());
        QCOMPARE(hit.row, label.row);
        QCOMPARE(hit.step, label.step);
    }
    for (const LadderArrow &arrow : scene.arrows)
        QCOMPARE(scene.hitTest((arrow.tail * 3 + arrow.head) / 4 + QPointF(0, 2)).row, arrow.row);
    QCOMPARE(scene.hitTest({5, scene.rows[5].top + 1}).row, LadderIndex(5));
    QCOMPARE(scene.hitTest({5, scene.bottom + 1}).row, LadderIndex());
}

void TestLadderLayout::headerKeepsApart_data()
{
    QTest::addColumn<double>("width");
    QTest::newRow("narrow") << 200.0;
    QTest::newRow("wide") << 1400.0;
}

void TestLadderLayout::headerKeepsApart()
{
    QFETCH(const double, width);
    const QString address = u"[2001:db8:1234:5678:9abc:def0:1234:5678]:51964"_s;
    const LadderLayout layout({0, {}, {address, address}}, TextMetrics(), width);
    const LadderScene header = layout.header({LadderState{TcpState::SynReceived, LadderState::Source::Segments},
                                              LadderState{TcpState::Established, LadderState::Source::Kernel}});
    QCOMPARE(header.labels.size(), 6);
    QCOMPARE(overlap(header), QString());
    for (const LadderLabel &label : header.labels)
        QVERIFY(label.rect.bottom() <= layout.headerHeight());
}

void TestLadderLayout::headerSaysWhatItsStatesAre()
{
    const LadderState state{TcpState::Established, LadderState::Source::Kernel};
    const auto stateAt = [&state](double width) {
        const LadderScene header = LadderLayout({}, TextMetrics(), width).header({state, state});
        return std::ranges::find(header.labels, LadderLabel::Kind::StateAtTop, &LadderLabel::kind)->text;
    };
    QCOMPARE(stateAt(900), u"at the top edge: ESTABLISHED"_s);
    QCOMPARE(stateAt(450), u"top edge: ESTABLISHED"_s);
}

void TestLadderLayout::addressesKeepTheirPorts()
{
    const QString address = u"[2001:db8:1234:5678:9abc:def0:1234:5678]:51964"_s;
    const auto addressAt = [&address](double width) {
        const LadderScene header = LadderLayout({0, {}, {address, address}}, TextMetrics(), width).header({});
        return std::ranges::find(header.labels, LadderLabel::Kind::Address, &LadderLabel::kind)->text;
    };
    QCOMPARE(addressAt(900), address);
    const QString cut = addressAt(450);
    QVERIFY2(cut.startsWith(u"[2001:db8"_s) && cut.contains(u'…') && cut.endsWith(u"5678]:51964"_s), qPrintable(cut));
}

void TestLadderLayout::legendOnTheScreen_data()
{
    QTest::addColumn<double>("width");
    QTest::addColumn<int>("maxLines");
    QTest::addColumn<bool>("isWhole");
    QTest::newRow("a narrow pane") << 450.0 << 10 << true;
    QTest::newRow("half a screen") << 650.0 << 10 << true;
    QTest::newRow("a wide pane") << 1100.0 << 2 << true;
    QTest::newRow("a low one") << 450.0 << 1 << false;
}

void TestLadderLayout::legendOnTheScreen()
{
    QFETCH(const double, width);
    QFETCH(const int, maxLines);
    QFETCH(const bool, isWhole);
    const LadderScene legend = wholeLadderLegend(TextMetrics(), width, maxLines);
    QCOMPARE(overlap(legend), QString());
    QVERIFY(legend.bottom <= (maxLines + 0.5) * legend.unit);
    QStringList texts;
    for (const LadderLabel &label : legend.labels) {
        texts += label.text;
        QVERIFY(label.rect.bottom() <= legend.bottom);
    }
    QCOMPARE(texts.contains(u"RST"_s) && texts.contains(u"no bytes"_s), isWhole);
    QVERIFY(texts.contains(u"state inferred from the segments"_s));
}

void TestLadderLayout::scrollsByRows_data()
{
    QTest::addColumn<double>("room");
    for (const int room : {160, 240, 333, 500})
        QTest::addRow("%d px", room) << double(room);
}

/// Wherever one goes, the first row in sight is whole, and the row that was wanted is in sight.
void TestLadderLayout::scrollsByRows()
{
    QFETCH(const double, room);
    LadderCase all;
    all.recording.addSegments(SegmentScript().segments(
        u"c> S, s> SA, c> A, c> PA 24, s> A, s> PA 12, c> A, c> FA, s> FA ack=24, c> A, s> A"_s));
    LadderModel model(all.recording);
    model.showFlow(0);
    const LadderLayout layout = layoutOf(model, 700);
    const LadderScroll scroll{layout, model.count(), room};
    QCOMPARE(layout.height(LadderIndex(8)), 0.0); // the two FINs cross
    for (int current = 0; current <= scroll.max(); current += LadderScroll::unitsPerRow / 2) {
        for (qsizetype row = 0; row < model.count(); ++row) {
            const int value = scroll.valueThatShows(LadderIndex(row), current);
            QCOMPARE(scroll.hiddenAbove(value), 0.0);
            const LadderScene scene = layout.scene(LadderScroll::topRow(value), 0, room);
            const auto place = std::ranges::find(scene.rows, LadderIndex(row), &LadderRowPlace::row);
            QVERIFY(place != scene.rows.end());
            QVERIFY2(place->bottom <= room, qPrintable(u"row %1 from %2"_s.arg(row).arg(current)));
        }
    }
    QCOMPARE(scroll.hiddenAbove(scroll.max()), 0.0);
}

void TestLadderLayout::scrollsWithinAHighRow()
{
    LadderCase all;
    all.recording.addSegments(SegmentScript().segments(u"c> S, s> SA"_s));
    LadderModel model(all.recording);
    model.showFlow(0);
    const LadderLayout layout = layoutOf(model, 700);
    const LadderScroll scroll{layout, model.count(), 20};
    QVERIFY(layout.height(LadderIndex(0)) > 40);
    QVERIFY(scroll.step(0) < LadderScroll::unitsPerRow);
    QVERIFY(scroll.hiddenAbove(scroll.step(0)) > 0);
    QVERIFY(layout.height(LadderIndex(1)) - scroll.hiddenAbove(scroll.max()) <= 20);
}

void TestLadderLayout::wrapped_data()
{
    using Break = TextMetrics::Break;
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("width");
    QTest::addColumn<int>("maxLines");
    QTest::addColumn<Break>("where");
    QTest::addColumn<QStringList>("expected");
    const Break spaces = Break::AtSpaces;
    QTest::newRow("fits") << u"Send: Hi"_s << 64.0 << 2 << spaces << QStringList{u"Send: Hi"_s};
    QTest::newRow("at a word") << u"Send: Hi there"_s << 70.0 << 2 << spaces << QStringList{u"Send: Hi"_s, u"there"_s};
    QTest::newRow("the space need not fit")
        << u"Send: Hi there"_s << 64.0 << 2 << spaces << QStringList{u"Send: Hi"_s, u"there"_s};
    QTest::newRow("the last line is cut")
        << u"one two three four"_s << 64.0 << 2 << spaces << QStringList{u"one two"_s, u"three…"_s};
    QTest::newRow("a word that is too long")
        << u"a bcdefghij k"_s << 40.0 << 5 << spaces << QStringList{u"a"_s, u"bcdef"_s, u"ghij"_s, u"k"_s};
    QTest::newRow("a pair is not split") << u"abcd😀e"_s << 50.0 << 5 << spaces << QStringList{u"abcd"_s, u"😀e"_s};
    QTest::newRow("narrower than a character") << u"ab"_s << 3.0 << 5 << spaces << QStringList{u"a"_s, u"b"_s};
    QTest::newRow("behind commas") << u"seq 1, ack 2"_s << 88.0 << 2 << Break::AfterPunctuation
                                   << QStringList{u"seq 1,"_s, u"ack 2"_s};
    QTest::newRow("empty") << QString() << 64.0 << 2 << spaces << QStringList();
}

void TestLadderLayout::wrapped()
{
    QFETCH(const QString, text);
    QFETCH(const double, width);
    QFETCH(const int, maxLines);
    QFETCH(const TextMetrics::Break, where);
    QFETCH(const QStringList, expected);
    QCOMPARE(TextMetrics().wrapped(text, width, maxLines, where), expected);
}

void TestLadderLayout::elided_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("width");
    QTest::addColumn<QString>("expected");
    QTest::newRow("fits") << u"Send"_s << 32.0 << u"Send"_s;
    QTest::newRow("cut") << u"Send: Hi"_s << 60.0 << u"Send:…"_s;
    QTest::newRow("no space before the dots") << u"Send: Hi there"_s << 64.0 << u"Send:…"_s;
    QTest::newRow("only the dots") << u"Send"_s << 17.0 << u"…"_s;
    QTest::newRow("nothing fits") << u"Send"_s << 3.0 << QString();
    QTest::newRow("a pair is not split") << u"a😀b"_s << 44.0 << u"a…"_s;
    QTest::newRow("empty") << QString() << 0.0 << QString();
}

void TestLadderLayout::elided()
{
    QFETCH(const QString, text);
    QFETCH(const double, width);
    QFETCH(const QString, expected);
    const TextMetrics metrics;
    QCOMPARE(metrics.elided(text, width), expected);
    QVERIFY(metrics.width(expected) <= width);
}

REGISTER_TEST(TestLadderLayout)
#include "tst_ladderlayout.moc"
