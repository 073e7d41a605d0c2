// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capturewindow.h"

#include "connectioncombo.h"
#include "growinglist.h"
#include "ladderview.h"
#include "noticebar.h"
#include "sequencepane.h"
#include "wirepane.h"
#include "wireview.h"

#include <QLocale>
#include <QMenu>
#include <QStatusBar>
#include <QTabWidget>
#include <QVBoxLayout>

namespace {

constexpr int frameMs = 16;
constexpr int quietMs = 1000;

/// "#1 127.0.0.1:51964 → 127.0.0.1:8700", the client first.
QString nameOf(const Flow &flow, int index)
{
    return FileWindow::connectionName(index + 1, flow.address(Side::Client).text(), flow.address(Side::Server).text());
}

} // namespace

CaptureWindow::CaptureWindow(const QString &path, const QString &title, QWidget *parent)
    : FileWindow(title, parent)
    , m_recording([](qsizetype) { return Step(); }) // a capture has no steps
    , m_flows(new ConnectionCombo("flowCombo", 40))
    , m_flowList(new GrowingList([this](int flow) { return nameOf(m_recording.flows().at(flow), flow); }, m_flows))
    , m_sequence(new SequencePane(m_recording))
    , m_wire(new WirePane(m_recording))
{
    const QString emptyText = tr("This capture has no TCP segments yet. Those that are added to it appear here.");
    m_sequence->view()->setEmptyText(emptyText);
    m_wire->setEmptyText(emptyText);
    setUp(
        [this, path, title] {
            return SessionMenu::Source{.files = {.capture = path}, .ladder = &m_sequence->model(), .name = title};
        },
        createContent());
    m_sequence->addActionsTo(viewMenu());
    m_wire->addActionsTo(viewMenu());
    viewMenu()->addSeparator();
    m_flows->addActionsTo(viewMenu());
    connectLadder(*m_sequence);
    for (QTimer *timer : {&m_frame, &m_quiet})
        timer->setSingleShot(true);
    m_frame.setInterval(frameMs);
    m_quiet.setInterval(quietMs);
    connect(&m_frame, &QTimer::timeout, this, &CaptureWindow::takeBatch);
    connect(&m_quiet, &QTimer::timeout, &m_recording, &Recording::setEnded);
    connect(m_flows, &ConnectionCombo::currentIndexChanged, this, &CaptureWindow::showFlow);
    connect(&m_capture, &Capture::filled, &m_frame, qOverload<>(&QTimer::start));
    connect(&m_capture, &Capture::failed, this, [this](const CaptureProblem &problem) {
        takeBatch();
        notices().show({.key = QStringLiteral("open"), .level = Notice::Level::Warning, .text = problem.reason});
    });
    connect(m_sequence->view(), &LadderView::segmentSelected, m_wire->view(), &WireView::setSelectedSegment);
    connect(m_wire->view(), &WireView::segmentSelected, this, [this](qsizetype segment) {
        m_sequence->view()->setCurrentRow(m_sequence->model().rowOfSegment(segment));
    });
    m_capture.follow(path);
    m_sequence->setFocus();
}

CaptureWindow::~CaptureWindow()
{
    delete takeCentralWidget(); // it shows the recording
}

QWidget *CaptureWindow::createContent()
{
    m_flows->setModel(m_flowList);
    auto *tabs = new QTabWidget;
    tabs->setDocumentMode(true);
    tabs->addTab(m_sequence, tr("Sequence"));
    tabs->addTab(m_wire, tr("Wire"));
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->addWidget(m_flows, 0, Qt::AlignLeft);
    layout->addWidget(tabs, 1);
    return content;
}

void CaptureWindow::takeBatch()
{
    const std::vector<Segment> segments = m_capture.take();
    if (segments.empty())
        return;
    m_recording.addSegments(segments);
    m_segments += qint64(segments.size());
    m_flowList->setCount(m_recording.flows().count());
    m_flows->refresh();
    if (m_flows->currentIndex() < 0)
        m_flows->setCurrentIndex(0);
    statusBar()->showMessage(
        tr("Segments: %1 · Connections: %2").arg(QLocale().toString(m_segments)).arg(m_flows->count()));
    m_quiet.start();
}

void CaptureWindow::showFlow()
{
    m_sequence->model().showFlow(m_flows->currentIndex());
    m_wire->lines().showFlow(m_flows->currentIndex());
}
