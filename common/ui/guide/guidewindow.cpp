// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "guidewindow.h"

#include "ui/tools/uitools.h"

#include <QAbstractTextDocumentLayout>
#include <QEvent>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QShortcut>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextTable>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWindow>

namespace {

constexpr int lineCharacters = 100; ///< of a page

/// A picture is at most as wide as the page.
class GuideBrowser : public QTextBrowser
{
public:
    using QTextBrowser::QTextBrowser;

    QVariant loadResource(int type, const QUrl &name) override
    {
        const QVariant resource = QTextBrowser::loadResource(type, name);
        if (type != QTextDocument::ImageResource)
            return resource;
        QImage picture = QImage::fromData(resource.toByteArray());
        const int margins = 2 * int(document()->documentMargin()) + verticalScrollBar()->sizeHint().width();
        const int width = maximumViewportSize().width() - margins;
        if (picture.width() <= width)
            return picture;
        picture = picture.scaledToWidth(int(width * devicePixelRatioF()), Qt::SmoothTransformation);
        picture.setDevicePixelRatio(devicePixelRatioF());
        return picture;
    }
};

/// What a link to a heading names, as on GitHub.
QString anchorOf(const QString &heading)
{
    QString anchor;
    const QString lower = heading.toLower();
    for (const QChar character : lower) {
        if (character.isLetterOrNumber() || character == u'-' || character == u'_')
            anchor += character;
        else if (character == u' ')
            anchor += u'-';
    }
    return anchor;
}

QTextBlock headingWith(const QTextDocument &page, const QString &anchor)
{
    QTextBlock block = page.begin();
    while (block.isValid() && (block.blockFormat().headingLevel() == 0 || anchorOf(block.text()) != anchor))
        block = block.next();
    return block;
}

/// Lets long lines of code and wide tables fit into the page.
void fitToWidth(QTextDocument &page)
{
    QTextBlockFormat wrapped;
    wrapped.setNonBreakableLines(false);
    for (QTextBlock block = page.begin(); block.isValid(); block = block.next())
        QTextCursor(block).mergeBlockFormat(wrapped);
    const QList<QTextFrame *> frames = page.rootFrame()->childFrames();
    for (QTextFrame *frame : frames) {
        auto *table = qobject_cast<QTextTable *>(frame);
        if (!table)
            continue;
        QTextTableFormat format = table->format();
        // The borders come on top of the width.
        format.setWidth(QTextLength(QTextLength::PercentageLength, 99));
        table->setFormat(format);
    }
}

} // namespace

GuideWindow::GuideWindow(QWidget *parent)
    : QDialog(parent, Qt::Window)
    , m_browser(new GuideBrowser(this))
    , m_search(new QLineEdit(this))
    , m_found(new QLabel(this))
{
    setObjectName(QStringLiteral("guideWindow"));
    setAttribute(Qt::WA_QuitOnClose, false);
    UiTools::describe(m_browser, "guidePage", tr("Page of the guide"));
    m_browser->setOpenExternalLinks(true);
    m_browser->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    auto *bar = new QHBoxLayout;
    bar->setSpacing(UiTools::grid);
    auto *back = addButton(tr("Back"), "guideBack", Qt::ALT | Qt::Key_Left);
    auto *forward = addButton(tr("Forward"), "guideForward", Qt::ALT | Qt::Key_Right);
    auto *contents = addButton(tr("Contents"), "guideContents", Qt::ALT | Qt::Key_Home);
    for (QToolButton *button : {back, forward, contents})
        bar->addWidget(button);
    bar->addStretch(1);
    bar->addWidget(m_found);
    bar->addWidget(m_search);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(UiTools::grid);
    layout->addLayout(bar);
    layout->addWidget(m_browser, 1);
    createSearch();

    back->setEnabled(false);
    forward->setEnabled(false);
    connect(m_browser, &QTextBrowser::backwardAvailable, back, &QWidget::setEnabled);
    connect(m_browser, &QTextBrowser::forwardAvailable, forward, &QWidget::setEnabled);
    connect(back, &QToolButton::clicked, m_browser, &QTextBrowser::backward);
    connect(forward, &QToolButton::clicked, m_browser, &QTextBrowser::forward);
    connect(contents, &QToolButton::clicked, this, [this] { showPage(QStringLiteral("index")); });
    connect(m_browser, &QTextBrowser::sourceChanged, this, &GuideWindow::showSource);
    auto *close = new QShortcut(QKeySequence::Close, this);
    connect(close, &QShortcut::activated, this, &QDialog::close);
    const int width = fontMetrics().averageCharWidth() * lineCharacters;
    resize(width, width * 4 / 5);
}

QToolButton *GuideWindow::addButton(const QString &text, const char *objectName, const QKeySequence &key)
{
    auto *button = new QToolButton(this);
    button->setObjectName(QLatin1StringView(objectName));
    button->setText(text);
    button->setShortcut(key);
    button->setToolTip(tr("%1 (%2)").arg(text, key.toString(QKeySequence::NativeText)));
    return button;
}

void GuideWindow::createSearch()
{
    UiTools::describe(m_search, "guideSearch", tr("Find in this page"));
    UiTools::describe(m_found, "guideFound", tr("What the search found"));
    m_search->setPlaceholderText(tr("Find in this page (Ctrl+F)"));
    UiTools::offerClearButton(m_search);
    m_search->setMinimumWidth(fontMetrics().averageCharWidth() * lineCharacters / 3);
    connect(m_search, &QLineEdit::textChanged, this, &GuideWindow::findTyped);
    connect(m_search, &QLineEdit::returnPressed, this, [this] { find({}); });
    auto *key = new QShortcut(QKeySequence::Find, this);
    connect(key, &QShortcut::activated, this, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    key = new QShortcut(QKeySequence::FindNext, this);
    connect(key, &QShortcut::activated, this, [this] { find({}); });
    key = new QShortcut(QKeySequence::FindPrevious, this);
    connect(key, &QShortcut::activated, this, [this] { find(QTextDocument::FindBackward); });
}

void GuideWindow::showPage(const QString &page)
{
    show();
    raise();
    activateWindow();
    m_search->clear(); // it was for another page
    QUrl url(QStringLiteral("qrc:/guide/%1.md").arg(page.section(u'#', 0, 0)));
    if (page.contains(u'#'))
        url.setFragment(page.section(u'#', 1));
    m_browser->setSource(url);
    m_browser->setFocus(Qt::OtherFocusReason);
}

/// Markdown gives headings no anchors.
void GuideWindow::showSource(const QUrl &source)
{
    QTextDocument &page = *m_browser->document();
    fitToWidth(page);
    const QString title = page.begin().text(); // the contents have the name of the guide
    setWindowTitle(source.fileName() == QStringLiteral("index.md") ? title : tr("%1 · Guide to TCP Steps").arg(title));
    m_found->clear();
    const QTextBlock heading = headingWith(page, source.fragment());
    if (!heading.isValid())
        return;
    page.documentLayout()->documentSize(); // lays out everything
    m_browser->verticalScrollBar()->setValue(int(page.documentLayout()->blockBoundingRect(heading).top()));
}

/// A window of its own: the main window can be in front of it, and a dialog of the main window does not block it.
void GuideWindow::showEvent(QShowEvent *event)
{
    windowHandle()->setTransientParent(nullptr);
    QDialog::showEvent(event);
}

/// The links of the page have the colour that they were read with.
void GuideWindow::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() != QEvent::PaletteChange || m_browser->source().isEmpty())
        return;
    const int place = m_browser->verticalScrollBar()->value();
    m_browser->reload();
    m_browser->verticalScrollBar()->setValue(place);
}

void GuideWindow::findTyped()
{
    QTextCursor cursor = m_browser->textCursor();
    cursor.setPosition(cursor.selectionStart());
    m_browser->setTextCursor(cursor);
    find({});
}

void GuideWindow::find(QTextDocument::FindFlags flags)
{
    m_found->clear();
    const QString text = m_search->text();
    if (text.isEmpty() || m_browser->find(text, flags))
        return;
    const QTextCursor before = m_browser->textCursor();
    m_browser->moveCursor(flags & QTextDocument::FindBackward ? QTextCursor::End : QTextCursor::Start);
    if (m_browser->find(text, flags))
        return;
    m_browser->setTextCursor(before);
    m_found->setText(tr("Not found."));
}

#include "moc_guidewindow.cpp"
