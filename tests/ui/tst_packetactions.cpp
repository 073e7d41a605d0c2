// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladder/laddermodel.h"
#include "link/linkclient.h"
#include "support/fakelink.h"
#include "support/laddercases.h"
#include "support/linkscript.h"
#include "support/registertest.h"
#include "ui/ladder/ladderview.h"
#include "ui/link/packetactions.h"

#include <QAction>
#include <QScrollBar>

using namespace Qt::Literals::StringLiterals;

/// The ladder's commands for one packet on its way, with a control socket that only records them.
class TestPacketActions : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void keys();
    void nothingSelected();
    void menuOfARow();
    void rowsThatMove();
    void withoutALink();

private:
    QAction *action(const char *name) { return m_view->findChild<QAction *>(QLatin1StringView(name)); }

    std::unique_ptr<FakeLink> m_link;
    std::unique_ptr<LinkScript> m_script;
    std::unique_ptr<LadderCase> m_case;
    Recording *m_recording = nullptr; ///< of the case
    std::unique_ptr<LadderModel> m_model;
    std::unique_ptr<LinkClient> m_client;
    std::unique_ptr<LadderView> m_view;
};

/// Three segments wait: one, and two copies of another.
void TestPacketActions::init()
{
    m_script = std::make_unique<LinkScript>(u"c> PA 24, c> PA 5, c> PA 24 seq=0 after=200"_s);
    std::erase_if(m_script->reports,
                  [](const LinkReport &report) { return report.kind == LinkEvent::Kind::Arrived && report.id > 3; });
    m_link = std::make_unique<FakeLink>();
    m_case = std::make_unique<LadderCase>();
    m_case->add(Side::Client, StepKind::Connected, 0, SegmentScript::firstUs + 20'000);
    m_case->add(Side::Client, StepKind::Send, 1, SegmentScript::firstUs + 21'000, QByteArray(23, 'x'), 0);
    m_recording = &m_case->recording;
    m_recording->beginLink({});
    for (const Side end : bothSides)
        m_recording->addLinkSegments(end, m_script->segments[size_t(end)]);
    m_recording->addLinkReports(m_script->reports);
    m_model = std::make_unique<LadderModel>(*m_recording);
    m_model->showConnection(1);
    m_client = std::make_unique<LinkClient>();
    m_view = std::make_unique<LadderView>(*m_model);
    new PacketActions(*m_view, *m_client);
    m_view->resize(700, 900);
    m_view->show();
    m_view->setFocus();
    m_client->connectTo(m_link->path());
    m_link->status(R"("rules": "hold", "holding": true, "held": 3)");
    QTRY_VERIFY(m_client->isConnected());
    QCOMPARE(m_model->count(), 6);
}

void TestPacketActions::cleanup()
{
    m_view.reset();
    m_client.reset();
    m_model.reset();
    m_case.reset();
    m_link.reset();
}

void TestPacketActions::keys()
{
    m_view->setCurrentRow(LadderIndex(4));
    QTest::keyClick(m_view.get(), Qt::Key_Space);
    QTest::keyClick(m_view.get(), Qt::Key_Space, Qt::ShiftModifier);
    QTest::keyClick(m_view.get(), Qt::Key_Insert);
    QTest::keyClick(m_view.get(), Qt::Key_Delete);
    m_view->setCurrentRow(LadderIndex(5));
    QTest::keyClick(m_view.get(), Qt::Key_Delete, Qt::ShiftModifier);
    QTRY_COMPARE(m_link->commands,
                 (QStringList{uR"({"command":"deliver","id":5})"_s, uR"({"command":"delay","id":5,"ms":1000})"_s,
                              uR"({"command":"duplicate","id":5})"_s, uR"({"command":"lose","id":5})"_s,
                              uR"({"command":"lose","id":4})"_s}));
}

/// Space delivers the packet that has waited longest.
void TestPacketActions::nothingSelected()
{
    QTest::keyClick(m_view.get(), Qt::Key_Delete);
    m_view->setCurrentRow(LadderIndex(0)); // it has arrived
    QTest::keyClick(m_view.get(), Qt::Key_Delete);
    QTest::keyClick(m_view.get(), Qt::Key_Space);
    QTRY_COMPARE(m_link->commands, QStringList{uR"({"command":"deliver"})"_s});
    for (const char *name : {"losePacket", "loseCopies", "duplicatePacket", "delayPacket"})
        QVERIFY(!action(name)->isEnabled());
    m_link->status(R"("rules": "", "held": 0)");
    QTRY_VERIFY(!action("deliverPacket")->isEnabled());
}

/// A click with the right button selects the row that its menu is about.
void TestPacketActions::menuOfARow()
{
    m_view->verticalScrollBar()->setValue(0);
    const auto &rows = m_view->scene().rows;
    const auto place = std::ranges::find(rows, LadderIndex(4), &LadderRowPlace::row);
    QVERIFY(place != rows.end());
    QTest::mouseClick(m_view->viewport(), Qt::RightButton, {}, {350, int((place->top + place->bottom) / 2)});
    QCOMPARE(m_view->currentRow(), LadderIndex(4));
    QVERIFY(action("losePacket")->isEnabled());
    QVERIFY(!action("loseCopies")->isEnabled()); // there is none
    m_view->setCurrentRow(LadderIndex(3));
    QVERIFY(action("loseCopies")->isEnabled());
    action("loseCopies")->trigger();
    QTRY_COMPARE(m_link->commands, QStringList{uR"({"command":"lose","id":6})"_s});
}

/// What becomes of other packets does not change which one is selected.
void TestPacketActions::rowsThatMove()
{
    m_view->setCurrentRow(LadderIndex(5));
    QCOMPARE(m_view->selectedStep(), StepRow(1)); // which has row 3, too
    const LinkReport lost{.kind = LinkEvent::Kind::Lost, .id = 4};
    m_recording->addLinkReports({&lost, 1});
    QCOMPARE(m_view->currentRow(), LadderIndex(5));
    QVERIFY(!action("loseCopies")->isEnabled());
    const LinkReport ownLost{.kind = LinkEvent::Kind::Lost, .id = 6};
    m_recording->addLinkReports({&ownLost, 1});
    QVERIFY(!action("losePacket")->isEnabled());
}

void TestPacketActions::withoutALink()
{
    m_link->go();
    QTRY_VERIFY(!m_client->isConnected());
    QVERIFY(!action("deliverPacket")->isVisible());
    QTest::keyClick(m_view.get(), Qt::Key_Space);
    QCOMPARE(m_link->commands, QStringList());
}

REGISTER_TEST(TestPacketActions)

#include "tst_packetactions.moc"
