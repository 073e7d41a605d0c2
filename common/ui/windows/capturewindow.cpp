// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capturewindow.h"

#include "packets/tunnel.h"
#include "ui/ladder/ladderview.h"
#include "ui/ladder/sequencepane.h"
#include "ui/status/connectioncombo.h"
#include "ui/status/statusline.h"
#include "ui/stream/streampane.h"
#include "ui/tools/growinglist.h"
#include "ui/tools/uitools.h"
#include "ui/wire/wirepane.h"
#include "ui/wire/wireview.h"

#include <QFileInfo>
#include <QLocale>
#include <QMenu>
#include <QStatusBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace {

constexpr int quietMs = 1000;

/// "#1 127.0.0.1:51964 → 127.0.0.1:8700 in GRE", the client first.
QString nameOf(const Flow &flow, int index)
{
    const QString name =
        FileWindow::connectionName(index + 1, flow.address(Side::Client).text(), flow.address(Side::Server).text());
    return flow.tunnel() == 0 ? name : CaptureWindow::tr("%1 in %2").arg(name, Tunnel::name(flow.tunnel()));
}

} // namespace

CaptureWindow::CaptureWindow(quint16 port, const QString &title, QWidget *parent)
    : FileWindow(title, parent)
    , m_recording([](qsizetype) { return Step(); }, port) // a capture has no steps
    , m_control(Side::Server, {}, m_recording.flows(), notices(), this)
    , m_flows(new ConnectionCombo("flowCombo", 40))
    , m_flowList(new GrowingList([this](int flow) { return nameOf(m_recording.flows().at(flow), flow); }, m_flows))
    , m_tabs(new QTabWidget)
    , m_sequence(new SequencePane(m_recording))
    , m_wire(new WirePane(m_recording))
    , m_stream(new StreamPane(m_recording, [this] { return payloadFiles(); }))
    , m_reader(this)
{
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(quietMs);
    connect(&m_quiet, &QTimer::timeout, &m_recording, &Recording::setEnded);
    connect(m_flows, &ConnectionCombo::currentIndexChanged, this, &CaptureWindow::showFlow);
    connect(&m_control, &ConversationCapture::began, &m_recording, &Recording::beginCapture);
    connect(&m_control, &ConversationCapture::captured, this, &CaptureWindow::take);
    connect(m_sequence->view(), &LadderView::swapEndsRequested, this, &CaptureWindow::swapEnds);
    m_wire->selectWith(*m_sequence);
    m_stream->selectWith(m_sequence->selection());
    for (QWidget *view : {static_cast<QWidget *>(m_sequence->view()), static_cast<QWidget *>(m_wire->view())})
        m_stream->addFollowActionTo(*view, [this] { m_tabs->setCurrentWidget(m_stream); });
}

CaptureWindow::CaptureWindow(const QString &path, const QString &title, QWidget *parent)
    : CaptureWindow(0, title, parent)
{
    setEmptyText(tr("This capture has no TCP segments yet. New ones appear here, unless the file is compressed."));
    m_sequence->setFollowsNewest(false);
    m_wire->setFollowsNewest(false);
    m_stream->setFollowsNewest(false);
    createContent([this, path] { return ExportSource{.capture = path, .payload = {m_control.payloadFile()}}; }, title);
    connect(&m_control, &ConversationCapture::captured, &m_quiet, qOverload<>(&QTimer::start));
    m_control.follow(path);
}

CaptureWindow::CaptureWindow(const QString &interface, quint16 port, QWidget *parent)
    : CaptureWindow(port, tr("Port %1").arg(port), parent)
{
    setEmptyText(tr("Starting to capture…"));
    createContent([this] { return m_control.exportSource({}); }, tr("port-%1").arg(port));
    const auto showHow = [this] {
        m_tabs->setCurrentWidget(m_wire);
        m_wire->showHowToCapture();
    };
    connect(&m_control, &ConversationCapture::began, this, [this, interface, port] {
        setEmptyText(tr("Watching port %1 (%2). The connections of the programs that use it appear here.")
                         .arg(port)
                         .arg(interface));
    });
    connect(&m_control, &ConversationCapture::failed, this, [this, showHow] {
        setEmptyText(tr("Segments are not captured."));
        if (m_segments + m_errors == 0)
            showHow();
    });
    connect(&m_control, &CaptureControl::showHowRequested, this, showHow);
    connect(&m_control, &ConversationCapture::dropped, this, [this](const QString &sentence) {
        notices().show({.key = QStringLiteral("dropped"), .level = Notice::Level::Warning, .text = sentence});
    });
    m_wire->serve(m_control);
    m_control.watch(interface, port);
}

CaptureWindow::CaptureWindow(const Both &files, QWidget *parent)
    : CaptureWindow(0, tr("%1 and %2").arg(QFileInfo(files.first).fileName(), QFileInfo(files.second).fileName()),
                    parent)
{
    setEmptyText(tr("Reading %1 and %2…").arg(files.first, files.second));
    m_sequence->setFollowsNewest(false);
    m_wire->setFollowsNewest(false);
    m_stream->setFollowsNewest(false);
    const auto source = [this, files] {
        return ExportSource{.capture = files.first, .secondCapture = files.second, .payload = payloadFiles()};
    };
    createContent(source, tr("%1-both-ends").arg(QFileInfo(files.first).completeBaseName()));
    read(files);
}

CaptureWindow::~CaptureWindow()
{
    if (m_reading)
        m_reading->cancel();
    delete takeCentralWidget(); // it shows the recording
}

void CaptureWindow::createContent(const std::function<ExportSource()> &files, const QString &name)
{
    m_flows->setModel(m_flowList);
    m_tabs->setDocumentMode(true);
    UiTools::describe(m_tabs, "captureTabs", tr("How the connection is shown"));
    m_tabs->addTab(m_sequence, tr("Sequence"));
    m_tabs->addTab(m_wire, tr("Wire"));
    m_tabs->addTab(m_stream, tr("Stream"));
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->addWidget(m_flows, 0, Qt::AlignLeft);
    layout->addWidget(m_tabs, 1);
    const auto source = [this, files, name] {
        return SessionMenu::Source{.files = files(), .ladder = &m_sequence->model(), .name = name};
    };
    setUp(source, content);
    m_sequence->addActionsTo(viewMenu());
    m_wire->addActionsTo(viewMenu());
    viewMenu()->addSeparator();
    m_flows->addActionsTo(viewMenu());
    connect(m_stream, &StreamPane::saveRequested, this,
            [this](const QString &path) { sessionMenu().exportStream(path, m_stream->only()); });
    m_sequence->setFocus();
}

void CaptureWindow::setEmptyText(const QString &text)
{
    m_sequence->view()->setEmptyText(text);
    m_wire->setEmptyText(text);
    m_stream->setEmptyText(text);
}

void CaptureWindow::take(const std::vector<Segment> &segments)
{
    m_recording.addSegments(segments);
    const auto errors =
        std::ranges::count_if(segments, [](const Segment &segment) { return segment.icmp() != nullptr; });
    m_errors += errors;
    m_segments += qint64(segments.size()) - errors;
    showCounts();
}

void CaptureWindow::showCounts()
{
    m_flowList->setCount(m_recording.flows().count());
    m_flows->refresh();
    if (m_flows->currentIndex() < 0)
        m_flows->setCurrentIndex(0);
    const QString count = QLocale().toString(m_segments);
    statusBar()->showMessage(
        m_errors > 0
            ? tr("Segments: %1 · ICMP errors: %2 · Connections: %3").arg(count).arg(m_errors).arg(m_flows->count())
            : tr("Segments: %1 · Connections: %2").arg(count).arg(m_flows->count()));
}

void CaptureWindow::read(const Both &files)
{
    m_reading = std::make_shared<ExportProgress>();
    m_reader.send([this, files, progress = m_reading]() -> Errand::Answer {
        const auto joint = JointCapture::read({files.first, files.second}, *progress);
        return [this, joint] { showJoint(joint); };
    });
}

void CaptureWindow::showJoint(const std::shared_ptr<JointCapture> &joint)
{
    if (!joint->error().isEmpty()) {
        setEmptyText(tr("Choose Session → Open… to open other files."));
        setError(joint->error());
        return;
    }
    const QStringList notes = joint->notes();
    m_recording.setJoint(joint);
    for (int flow = 0; flow < m_recording.flows().count(); ++flow) {
        const qsizetype errors = m_recording.flows().at(flow).errorCount();
        m_errors += errors;
        m_segments += m_recording.flows().at(flow).count() - errors;
    }
    showCounts();
    if (!notes.isEmpty())
        notices().show({.key = QStringLiteral("joint"),
                        .kind = Notice::Kind::Holding,
                        .level = Notice::Level::Warning,
                        .text = notes.join(u' ')});
}

QStringList CaptureWindow::payloadFiles() const
{
    return m_recording.joint() ? m_recording.joint()->contentPaths() : QStringList{m_control.payloadFile()};
}

void CaptureWindow::swapEnds(int flow)
{
    m_recording.swapEnds(flow);
    m_flowList->change(flow);
}

void CaptureWindow::showFlow()
{
    m_sequence->model().showFlow(m_flows->currentIndex());
    m_wire->lines().showFlow(m_flows->currentIndex());
    m_stream->showFlow(m_flows->currentIndex());
}

#include "moc_capturewindow.cpp"
