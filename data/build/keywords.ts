import type { DepartmentName } from "./departments.ts";

/** Words, comma separated, folded to lower case without accents; `*` stands for any ending. */
export type Rule = readonly [department: DepartmentName, keywords: string];

/** English, French, German, Italian, Spanish, Dutch and a little Russian; the first match wins. */
export const RULES_BY_NAME: readonly Rule[] = [
  ["Drinks", "the glace, iced tea, ice tea, ginger ale, root beer, ginger beer, malt drink"],
  ["Snacks & sweets", "marron glace, marrons glaces, sucre glace, beurre de cacao, pain d'epice*"],
  ["Ready meals", "plats prepares, prepared meals, coq au vin, boeuf bourguignon"],
  [
    "Pantry",
    `vinegar, vinaigr*, aceto, aceti, essig, azijn, vinagre, cooking wine, levure de biere, beer
    batter, crema di aceto, glassa, cereals and potatoes, cereales et pommes de terre, cereali e
    patate, cereals and their products, peanut oil, pancake mix, pancake syrup,
    pancake & waffle mix, waffle mix, muffin mix, cake mix, brownie mix, pate feuilletee, pate brisee, creme de marron*,
    coconut milk, lait de coco, coconut cream, creme de coco, curry paste, tomato sauce`,
  ],
  [
    "Frozen",
    `frozen, surgel*, congel*, tiefkuhl*, diepvries*, ice cream, creme glacee, cremes glacees,
    glace, gelato, gelati, sorbet*, eiscreme, helado, popsicle*, мороженое, fish sticks,
    fish fingers, fischstabchen, french fries, icepop*, cornetto`,
  ],
  [
    "Beer & wine",
    `beer, biere, bier, birra, cerveza, pils, pilsner, lager, ale, ipa, stout, weissbier, wine,
    vin, vino, wein, rotwein, weisswein, bordeaux, champagne, prosecco, cava, chardonnay, merlot,
    cabernet, sauvignon, pinot noir, pinot grigio, rioja, chianti, rum, rhum, vodka, gin, whisky,
    whiskey, cognac, liqueur, likor, cidre, cider, pastis, пиво, вино`,
  ],
  [
    "Pantry",
    `sauce, sosse, sugo, salsa, saus, pesto, ketchup, mayonnais*, maionese, mayo, mustard, moutarde,
    senf, mosterd, senape, dressing, bouillon, brodo,
    broth, stock cube, soup, soupe, suppe, zupp*, minestr*, veloute, potage, sopa, oil, huile,
    olio, ol, aceite, rapsol, sonnenblumenol, olivenol, relish, chutney, curry paste, tapenade,
    соус, масло оливковое`,
  ],
  [
    "Ready meals",
    `pizza, lasagn*, sandwich*, wrap, quiche, salade composee, taboule, tabbouleh, couscous royal,
    paella, ravioli, tortellini, gnocchi, houmous, hummus, falafel, sushi, tofu, seitan, burrito,
    ready meal, plat prepare, plats prepares, parmentier, gratin, cannelloni, croque*, nem, samosa,
    moussaka, chili con carne, risotto, macaroni & cheese, mac & cheese, tarte salee, blanquette,
    cassoulet, choucroute, burger vegetal, nuggets vegan, coleslaw, kartoffelsalat`,
  ],
  [
    "Breakfast",
    `cereal, cereales, muesli, musli, granola, cornflakes, corn flakes, porridge, oatmeal, oats,
    flocons d'avoine, haferflocken, honey, miel, honig, miele, honing, jam, confiture, konfiture,
    marmelade, marmalade, confettur*, marmellat*, gelee de*, pate a tartiner, nutella, peanut
    butter, beurre de cacahuete, erdnussbutter, pindakaas, nut butter, almond butter, spread,
    aufstrich, brotaufstrich, maple syrup, sirop d'erable, petales, fruit spread, preserves,
    fruit preserve, lemon curd, мёд`,
  ],
  [
    "Snacks & sweets",
    `chocolat*, schokolade*, schoko*, cioccolat*, choco*, cacao, biscuit, biscott*, cookie, koek*,
    keks*, galette, sable, tarte, tarta, donut, doughnut, beignet, speculoos, wafer, waffel*, gaufr*, candy, candies, bonbon, caramel*,
    toffee, gummi*, gummy, haribo, lollipop, sucette, nougat*, turron, marshmallow*, guimauve,
    chewing gum, chips, crisps, popcorn, pretzel, bretzel, cracker*, tortilla chips, snack,
    nuts, noix de cajou, cashew*, almond, amandes, mandeln, peanut, cacahuete, cacahuetes, erdnuss*,
    pistach*, trail mix, protein bar, granola bar, barre, barres, riegel, barretta, energy bar,
    bar, madeleine, brownie, muffin, cake, gateau, gateaux, kuchen, torta, pandoro, panettone,
    tiramisu, pralin*, truffe, truffes, licoric*, lakritz*, reglisse, drops, jelly beans, snickers,
    kinder, raisins secs, dried fruit, fruits secs, шоколад*, печенье, конфеты, вафли`,
  ],
  [
    "Bakery",
    `bread, pain, brot, pan de molde, toastbrot, toast, baguette, brioche, croissant, bun,
    bagel, brotchen, ciabatta, focaccia, pita, naan, tortilla, wraps, fougasse, boule, miche,
    viennoiserie, chausson, chouquette, pain au lait, crepe, crepes, pancake, piadina, grissini,
    biscotte, zwieback, cornbread, хлеб, батон`,
  ],
  [
    "Drinks",
    `juice, jus, saft, succo, zumo, sap, nectar, nektar, smoothie, water, eau, wasser, acqua, agua,
    mineralwasser, soda, cola, coca cola, coca-cola, pepsi, lemonade, limonad*, limonata, iced tea,
    ice tea, tea, the vert, the noir, the glace, tee, infusion, tisane, coffee, cafe, kaffee,
    caffe, koffie, espresso, cappuccino, sirop, syrup, energy drink, drink, boisson, getrank*,
    bevand*, kombucha, coconut water, eau de coco, soja drink, almond milk, lait d'amande,
    haferdrink, orangeade, schorle, сок, вода, чай, кофе, квас`,
  ],
  [
    "Dairy & eggs",
    `milk, lait, milch, latte, leche, melk, yogurt, yoghurt, yaourt, joghurt, jogurt, iogurt*,
    skyr, kefir, cheese, fromage, kase, formaggi*, queso, kaas, camembert, brie, comte, emmental*,
    gruyere, cheddar, mozzarella, parmesan, parmigiano, grana padano, gorgonzola, ricotta, feta,
    roquefort, raclette, reblochon, gouda, mascarpone, mimolette, munster, tomme, cream, creme,
    sahne, panna, butter, beurre, burro, boter, mantequilla, egg, oeuf, oeufs, eier, uova, quark,
    fromage blanc, petit suisse, faisselle, dessert, pudding, flan, mousse, custard, creme
    brulee, molke, молоко, сыр, творог, сметана, йогурт`,
  ],
  [
    "Meat & fish",
    `ham, jambon, schinken, prosciutto, jamon, bacon, lardons, saucisson, saucisse, wurst,
    wurstchen, salami, chorizo, salame, bresaola, mortadella, speck, chipolata, merguez, chicken,
    poulet, hahnchen*, pollo, turkey, dinde, pute*, beef, boeuf, rind*, steak, pork, porc, schwein*,
    lamb, agneau, veal, veau, viande, meat, rillettes, terrine, foie gras, pate de campagne, canard,
    duck, saumon, salmon, lachs, salmone, tuna, thon, thunfisch, tonno, sardine, maquereau, mackerel,
    cod, cabillaud, merlu, colin, shrimp, crevette, garnelen, gamberi, surimi, anchois, anchov*,
    hareng, hering, herring, truite, forelle, moules, fish, poisson, crab, crabe, колбаса, сосиски,
    рыба, лосось`,
  ],
  [
    "Pantry",
    `pasta, pates, nudeln, spaghetti, penne, fusilli, coquillettes, farfalle, rigatoni, linguine,
    tagliatelle*, macaroni, noodle, rice, riz, reis, riso, arroz, basmati, quinoa, couscous,
    boulgour, bulgur, semoule, semola, flour, farine, mehl, farina, harina, sugar, sucre, zucker,
    zucchero, salt, sel, salz, sale marino, pepper mill, poivre, pfeffer, paprika, cumin, curry,
    curcuma, herbes, oregano, origan, cannelle, cinnamon, vanill*, epices, spice, gewurz*, lentil,
    lentille, linsen, lenticchie, beans, haricot, bohnen, fagioli, chickpea, pois chiche, ceci,
    kichererbsen, olive, oliven, capers, capres, cornichon, pickle, gurken, pulpe de tomate, passata,
    tomates pelees, polpa di pomodoro, tomato paste, concentre de tomate, canned, mais doux, sweet
    corn, petits pois, artichok*, seeds, graines, yeast, levure, hefe, baking powder, gelatin*,
    cocoa powder, compote, apple sauce, applesauce, guacamole, гречка, рис, мука, макароны`,
  ],
  [
    "Fruit & vegetables",
    `apple, pomme, apfel, mele, banana, bananes, orange, lemon, citron, zitrone, pear, poires,
    grape, raisin, strawberr*, fraises, erdbeeren, blueberr*, myrtilles, framboises, raspberr*,
    mango, mangue, ananas, kiwi, avocado, avocat, peach, peches, tomato, tomate, pomodor*, carrot,
    carotte, karotten, potato, pommes de terre, kartoffeln, onion, oignon, zwiebeln, mushroom,
    champignon, spinach, epinard, spinat, salad, salade, salat, laitue, mache, roquette, rucola,
    broccoli, brocoli, courgette, zucchini, cucumber, concombre, poivron, endive, radis, asparagus,
    asperge, beetroot, betterave, celery, kale, basil, basilic, persil, coriandre, яблоки, огурцы`,
  ],
];
