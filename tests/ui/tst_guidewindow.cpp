// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/registertest.h"
#include "support/windowtools.h"
#include "ui/guide/guide.h"
#include "ui/guide/guidewindow.h"

#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextBrowser>
#include <QToolButton>

using namespace WindowTools;

/// The guide's window: pages, links, pictures, keys and the search.
class TestGuideWindow : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_main.reset(); }
    void showsEachPage_data() { addPages(); }
    void showsEachPage();
    void linksLeadSomewhere_data() { addPages(); }
    void linksLeadSomewhere();
    void walksByKeyboard();
    void findsInThePage();
    void eachMainWindowHasOne();

private:
    static void addPages();
    GuideWindow *guide() { return m_main->findChild<GuideWindow *>(); }
    QTextBrowser *browser() { return part<QTextBrowser>(*guide(), "guidePage"); }
    QString page() { return browser()->source().fileName(); }
    QString blockAtTop() { return browser()->cursorForPosition({5, 5}).block().text(); }

    std::unique_ptr<QWidget> m_main;
};

REGISTER_TEST(TestGuideWindow)

void TestGuideWindow::addPages()
{
    QTest::addColumn<QString>("name");
    const QStringList pages = QDir(QStringLiteral(":/guide")).entryList({QStringLiteral("*.md")});
    QVERIFY(pages.size() >= 13);
    for (const QString &page : pages)
        QTest::newRow(qPrintable(page)) << page.chopped(3);
}

void TestGuideWindow::init()
{
    m_main = std::make_unique<QWidget>();
    m_main->show();
    Guide::show(*m_main, QStringLiteral("index"));
    QTRY_COMPARE(QApplication::activeWindow(), guide());
}

/// Calls take(format) for each piece of text in one format.
template<typename Take>
void forEachFormat(const QTextDocument &page, const Take &take)
{
    for (QTextBlock block = page.begin(); block.isValid(); block = block.next()) {
        for (auto it = block.begin(); !it.atEnd(); ++it)
            take(it.fragment().charFormat());
    }
}

void TestGuideWindow::showsEachPage()
{
    QFETCH(QString, name);
    Guide::show(*m_main, name);
    QFile file(QStringLiteral(":/guide/%1.md").arg(name));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString heading = QString::fromUtf8(file.readLine()).mid(2).trimmed();
    QCOMPARE(guide()->windowTitle(), name == "index" ? heading : heading + QStringLiteral(" · Guide to TCP Steps"));
    QCOMPARE(blockAtTop(), heading);
    QCOMPARE(browser()->document()->begin().blockFormat().headingLevel(), 1);
    forEachFormat(*browser()->document(), [this](const QTextCharFormat &format) {
        if (!format.isImageFormat())
            return;
        const QUrl source(format.toImageFormat().name());
        const QVariant picture = browser()->loadResource(QTextDocument::ImageResource, source);
        const auto image = picture.value<QImage>();
        QVERIFY2(!image.isNull(), qPrintable(source.path()));
        QVERIFY(image.deviceIndependentSize().width() <= browser()->viewport()->width());
    });
    QCOMPARE(browser()->horizontalScrollBar()->maximum(), 0);
}

void TestGuideWindow::linksLeadSomewhere()
{
    QFETCH(QString, name);
    Guide::show(*m_main, name);
    QStringList links;
    forEachFormat(*browser()->document(), [&links](const QTextCharFormat &format) {
        if (!format.anchorHref().isEmpty() && !links.contains(format.anchorHref()))
            links.append(format.anchorHref());
    });
    for (const QString &link : std::as_const(links)) {
        QVERIFY2(!link.contains(u':'), qPrintable(link));
        const QString target = link.section(u'#', 0, 0).chopped(3);
        const QString anchor = link.section(u'#', 1);
        Guide::show(*m_main, anchor.isEmpty() ? target : target + u'#' + anchor);
        QCOMPARE(page(), target + QStringLiteral(".md"));
        QVERIFY2(QFile::exists(QStringLiteral(":/guide/") + page()), qPrintable(link));
        const QScrollBar *bar = browser()->verticalScrollBar();
        const bool isAtTop = browser()->cursorForPosition({5, 5}).block().blockFormat().headingLevel() > 1;
        QVERIFY2(anchor.isEmpty() || isAtTop || bar->value() == bar->maximum(), qPrintable(link));
    }
}

void TestGuideWindow::walksByKeyboard()
{
    QVERIFY(browser()->hasFocus());
    QTest::keyClick(browser(), Qt::Key_Tab);
    QTest::keyClick(browser(), Qt::Key_Return);
    QCOMPARE(page(), QStringLiteral("installing.md")); // the first link
    QTest::keyClick(browser(), Qt::Key_Left, Qt::AltModifier);
    QTRY_COMPARE(page(), QStringLiteral("index.md"));
    QVERIFY(!part<QToolButton>(*guide(), "guideBack")->isEnabled());
    QTest::keyClick(browser(), Qt::Key_Right, Qt::AltModifier);
    QTRY_COMPARE(page(), QStringLiteral("installing.md"));
    QTest::keyClick(browser(), Qt::Key_Home, Qt::AltModifier);
    QTRY_COMPARE(page(), QStringLiteral("index.md"));
    QTest::keyClick(browser(), Qt::Key_Escape);
    QVERIFY(!guide()->isVisible());
}

void TestGuideWindow::findsInThePage()
{
    Guide::show(*m_main, QStringLiteral("closing"));
    QTest::keyClick(browser(), Qt::Key_F, Qt::ControlModifier);
    auto *search = part<QLineEdit>(*guide(), "guideSearch");
    QVERIFY(search->hasFocus());
    QTest::keyClicks(search, QStringLiteral("TIME-WAIT"));
    QCOMPARE(browser()->textCursor().selectedText(), QStringLiteral("TIME-WAIT"));
    const int only = browser()->textCursor().selectionStart();
    QTest::keyClick(search, Qt::Key_Return); // from the beginning again
    QCOMPARE(browser()->textCursor().selectionStart(), only);
    QTest::keyClick(search, Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(browser()->textCursor().selectionStart(), only);
    QVERIFY(labelText(*guide(), "guideFound").isEmpty());
    QTest::keyClicks(search, QStringLiteral("-nowhere"));
    QCOMPARE(labelText(*guide(), "guideFound"), QStringLiteral("Not found."));
    QTest::keySequence(search, QKeySequence::SelectAll);
    QTest::keyClicks(search, QStringLiteral("FIN"));
    QVERIFY(labelText(*guide(), "guideFound").isEmpty());
    const int first = browser()->textCursor().selectionStart();
    QTest::keyClick(search, Qt::Key_F3);
    QVERIFY(browser()->textCursor().selectionStart() > first);
    Guide::show(*m_main, QStringLiteral("capturing")); // another page begins a new search
    QVERIFY(search->text().isEmpty());
}

void TestGuideWindow::eachMainWindowHasOne()
{
    auto *dialog = new QDialog(m_main.get());
    dialog->show();
    Guide::show(*dialog, QStringLiteral("replies"));
    QCOMPARE(m_main->findChildren<GuideWindow *>().size(), 1);
    QCOMPARE(page(), QStringLiteral("replies.md"));
    QVERIFY(!guide()->isModal());
}

#include "tst_guidewindow.moc"
