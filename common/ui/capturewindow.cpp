// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capturewindow.h"

#include "flowmodel.h"
#include "ladderview.h"
#include "noticebar.h"
#include "sequencepane.h"
#include "uitools.h"
#include "wirepane.h"
#include "wireview.h"

#include <QComboBox>
#include <QListView>
#include <QLocale>
#include <QMenu>
#include <QStatusBar>
#include <QTabWidget>
#include <QVBoxLayout>

namespace {

constexpr int frameMs = 16;
constexpr int quietMs = 1000;

} // namespace

CaptureWindow::CaptureWindow(const QString &path, const QString &title, QWidget *parent)
    : FileWindow(title, parent)
    , m_recording([](qsizetype) { return Step(); }) // a capture has no steps
    , m_flows(new QComboBox)
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
    addActions();
    for (QTimer *timer : {&m_frame, &m_quiet})
        timer->setSingleShot(true);
    m_frame.setInterval(frameMs);
    m_quiet.setInterval(quietMs);
    connect(&m_frame, &QTimer::timeout, this, &CaptureWindow::takeBatch);
    connect(&m_quiet, &QTimer::timeout, &m_recording, &Recording::setEnded);
    connect(m_flows, &QComboBox::currentIndexChanged, this, &CaptureWindow::showFlow);
    connect(&m_capture, &Capture::filled, &m_frame, qOverload<>(&QTimer::start));
    connect(&m_capture, &Capture::failed, this, [this](const CaptureProblem &problem) {
        takeBatch();
        notices().show({.key = QStringLiteral("open"), .level = Notice::Level::Warning, .text = problem.reason});
    });
    connect(m_sequence, &SequencePane::failed, this, [this](const QString &sentence) {
        notices().show({.key = QStringLiteral("export"), .level = Notice::Level::Error, .text = sentence});
    });
    connect(m_sequence, &SequencePane::saved, this, [this](const QString &to) {
        notices().show({.key = QStringLiteral("export"), .text = tr("The ladder was saved to %1.").arg(to)});
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
    UiTools::describe(m_flows, "flowCombo", tr("Connection"));
    m_flows->setPlaceholderText(tr("No connection yet"));
    m_flows->setEnabled(false);
    m_flows->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_flows->setMinimumContentsLength(40);
    auto *list = new QListView(m_flows);
    list->setUniformItemSizes(true);
    m_flows->setView(list);
    m_flows->setModel(new FlowModel(m_recording, m_flows));
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

void CaptureWindow::addActions()
{
    m_sequence->addActionsTo(viewMenu());
    m_wire->addActionsTo(viewMenu());
    viewMenu()->addSeparator();
    viewMenu()->addAction(tr("&Next Connection"), this, [this] { step(1); })->setShortcut(Qt::CTRL | Qt::Key_PageDown);
    viewMenu()
        ->addAction(tr("&Previous Connection"), this, [this] { step(-1); })
        ->setShortcut(Qt::CTRL | Qt::Key_PageUp);
}

void CaptureWindow::takeBatch()
{
    const std::vector<Segment> segments = m_capture.take();
    if (segments.empty())
        return;
    m_recording.addSegments(segments);
    m_segments += qint64(segments.size());
    m_flows->setEnabled(true);
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

void CaptureWindow::step(int rows)
{
    const int row = m_flows->currentIndex() + rows;
    if (row >= 0 && row < m_flows->count())
        m_flows->setCurrentIndex(row);
}
